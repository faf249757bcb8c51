/**
 * AAC: the configuration record and the ADTS framing. § without a document means ISO/IEC 14496-3. Pure functions over
 * {@code Bytes}; no loop owns anything here.
 */
@NullMarked
package lancaster.codec.aac;

import org.jspecify.annotations.NullMarked;

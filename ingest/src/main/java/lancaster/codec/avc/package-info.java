/**
 * H.264: NAL units in both framings, parameter sets, the decoder configuration record. § without a document means ITU-T
 * H.264 (ISO/IEC 14496-10). Pure functions over {@code Bytes}; no loop owns anything here.
 */
@NullMarked
package lancaster.codec.avc;

import org.jspecify.annotations.NullMarked;

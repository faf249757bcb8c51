/**
 * Action Message Format: the values of RTMP commands and of FLV script data. Section numbers are those of the AMF0
 * (2007) and AMF3 (January 2013) specifications. No owner: values are immutable, readers and writers belong to the
 * method that made them.
 */
@NullMarked
package lancaster.amf;

import org.jspecify.annotations.NullMarked;

/**
 * The waist: what every input makes and every output reads. Video is length-prefixed NAL units (4-byte lengths) beside
 * an {@code avcC}, audio raw frames beside an {@code AudioSpecificConfig}, time 90 kHz ticks. All types are immutable.
 */
@NullMarked
package lancaster.media;

import org.jspecify.annotations.NullMarked;

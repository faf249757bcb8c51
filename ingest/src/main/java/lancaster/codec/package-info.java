/**
 * What the codecs' own specifications say, as pure functions over {@code Bytes}: H.264 in {@code avc}, AAC in
 * {@code aac}, and how players name them. Nothing here has a life, so no loop owns it.
 */
@NullMarked
package lancaster.codec;

import org.jspecify.annotations.NullMarked;

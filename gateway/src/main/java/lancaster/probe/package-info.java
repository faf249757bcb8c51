/**
 * What a stream really is, measured rather than read from what it says of itself: tracks, rates, groups of pictures, the
 * faults of its times; of datagrams loss, jitter and bursts, and of a transport stream its clock and the errors of TR 101
 * 290. {@code net} brings the bytes; nothing here has sockets or clocks.
 *
 * <p>{@code probe --json} prints one object: {@code version} (1), {@code url}, {@code kind}, {@code seconds},
 * {@code tracks} (each with {@code type}, {@code codec}, {@code profile}, {@code codecString}, size or sample rate,
 * {@code bitsPerSecond}, {@code framesPerSecond}, {@code gop} and the counts {@code missing}, {@code backwards}, {@code repeated},
 * {@code gaps} of its times), {@code timing} ({@code avStartMs}, {@code avDriftMs}, {@code audioAheadMs},
 * {@code audioBehindMs}, {@code arrival}), where they apply {@code hls}, {@code datagrams}, {@code rtp} and {@code ts},
 * and {@code notes} and {@code faults}, which are sentences for people. What isn't known is left out.
 */
@NullMarked
package lancaster.probe;

import org.jspecify.annotations.NullMarked;

/**
 * The live stream hub: a {@link lancaster.stream.Publication} goes in, the timeline orders it,
 * {@link lancaster.stream.Subscription}s take it out. A {@link lancaster.stream.LiveStream} and everything in it
 * belongs to the loop of the publisher that created it; {@link lancaster.stream.StreamRegistry},
 * {@link lancaster.stream.LiveStream#subscribe} and {@link lancaster.stream.LiveStream#stats} may be used from any
 * thread.
 *
 * <p><b>What a subscriber sees.</b> The configuration of each track, then a mark before the first access unit of each
 * segment, access units whose decoding times advance on each track, data messages, and in the end a mark END. That a
 * track is configured or removed takes effect at the next mark, which is a discontinuity unless it is the first; what
 * the subscriber knows already is not repeated. Every discontinuity begins where decoding can start. Where the
 * subscriber did not keep up it is told of the gap; marks and what concerns tracks are never left out.
 *
 * <p><b>How a stream lives.</b> It begins with its first publisher: what that one sends is held until its tracks are
 * known and the timeline's file is open; one that announces pictures begins with a picture, and the sound before it is
 * left out, unless none comes for ten seconds. When the publisher is gone the stream waits for another, which goes on by the
 * clock behind a discontinuity; when none comes it ends. A later stream of the same path goes on where the file says.
 *
 * <p><b>The timeline's file</b> is {@code STATE/timeline/APPLICATION/NAME.json}. It may be copied to another box: two
 * boxes with the same file that are sent the same messages make the same segments under the same numbers.
 *
 * <pre>
 * {
 *   "layout": 1,                   version of the byte layout of segments; a box that knows another begins a new
 *                                  timeline, whose numbers go on
 *   "id": "32 hex digits",         of the timeline
 *   "zero-utc-ms": 1800000000000,  when it was made, milliseconds since 1970
 *   "segment-90k": 360000,         packaging: wanted duration of a segment and of a part, 90 kHz ticks, and the
 *   "part-90k": 45000,             formats; where the configuration says otherwise a new timeline begins, whose
 *   "formats": ["ts", "fmp4"],     numbers go on
 *   "independent-segments": true,  false for ever once a segment began without a random access point
 *   "next": {                      where the timeline goes on; all 0: it has never been used
 *     "number": 16,                of the next segment
 *     "dts-90k": 10080000,         first free decoding time
 *     "discontinuity-sequence": 16
 *   }
 * }
 * </pre>
 *
 * While the stream is live {@code next} is ahead of use by up to 16 segments, so that a box that is killed goes on
 * behind everything it ever used; after a clean end it is exact. The file is replaced as a whole. One that can't be
 * understood is moved aside as {@code NAME.json.broken-1} and so on, with an error in the log, and a new timeline
 * begins.
 */
@NullMarked
package lancaster.stream;

import org.jspecify.annotations.NullMarked;

/**
 * When the packets of a live stream leave: the stream's clock as arrivals tell it, the plan that spreads access units
 * over their time, and the datagrams that carry them. No clock is read here: who sends says what time it is. Everything
 * belongs to the loop that sends; settings and statistics are for any thread.
 *
 * <p><b>Two clocks.</b> An access unit with decoding time d arrives at a, on the loop's clock. The offset o is what the
 * least delayed of them show: the smallest a - d of the last seconds. Stream time at moment t is t - o, and that is what
 * clock references tell, 0.5 s behind the decoding times: a unit that comes without delay has half a second until it is
 * decoded, whatever the jitter of those before it. Units wait for nothing but each other: what jitters in stays a matter
 * of when packets leave, and as each carries the time of its own departure, the clock that receivers see is steady.
 *
 * <p><b>Where the offset goes.</b> It follows the encoder's crystal by at most 100 ppm. A unit later than 200 ms moves it
 * at once. Where all units come early (a publisher that begins with a burst, a queue that emptied) it moves at a random
 * access point, and what still waited before that is left out. Both are told by discontinuity_indicator and counted.
 */
@NullMarked
package lancaster.departure;

import org.jspecify.annotations.NullMarked;

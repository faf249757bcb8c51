/**
 * The live stream hub: a {@link Publication} goes in, the timeline orders it, {@link Subscription}s take it out. A
 * {@link LiveStream} and everything in it belongs to the loop of the publisher that created it; {@link StreamRegistry},
 * {@link LiveStream#subscribe} and {@link LiveStream#stats} may be used from any thread.
 */
@NullMarked
package lancaster.stream;

import org.jspecify.annotations.NullMarked;

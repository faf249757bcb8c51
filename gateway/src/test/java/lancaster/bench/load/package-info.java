/**
 * The load of the benchmarks: RTMP publishers and half-open connections, one thread, in a child JVM of its own. It speaks
 * the little RTMP that it needs by itself, so that a change of the gateway's own client changes no figure.
 */
@NullMarked
package lancaster.bench.load;

import org.jspecify.annotations.NullMarked;

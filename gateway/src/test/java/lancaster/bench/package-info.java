/**
 * The benchmarks: each figure that the gateway has to reach, measured beside nginx-rtmp, or ffmpeg where it is multicast,
 * on the same machine in the same run. Both servers are processes of their own and the load is a third, so that the
 * measuring process shares nothing with what it measures.
 */
@NullMarked
package lancaster.bench;

import org.jspecify.annotations.NullMarked;

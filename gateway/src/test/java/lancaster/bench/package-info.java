/**
 * The benchmarks: each figure that the gateway has to reach, measured beside nginx-rtmp on the same machine in the same
 * run. They start both servers as processes of their own; none of the gateway's code runs in the measuring process.
 */
@NullMarked
package lancaster.bench;

import org.jspecify.annotations.NullMarked;

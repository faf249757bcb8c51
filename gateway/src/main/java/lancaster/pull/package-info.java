/**
 * Streams that are fetched from other servers, by RTMP or as HLS, for as long as the gateway runs and whether anybody
 * watches or not. Each connects, fails and recovers alone. Owner: the client loop of the stream.
 */
@NullMarked
package lancaster.pull;

import org.jspecify.annotations.NullMarked;

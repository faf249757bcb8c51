/**
 * RTMP messages over the flows of RTMFP (RFC 7425 §5): NetConnections and NetStreams as Flash knew them, on the command
 * logic of {@code rtmp.session}. Messages of one stream travel in several flows, so that sound needn't wait for pictures
 * and what is late can be given up. Owner: the loop of the endpoint.
 */
@NullMarked
package lancaster.rtmfp.tc;

import org.jspecify.annotations.NullMarked;

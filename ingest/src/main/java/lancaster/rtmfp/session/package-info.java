/**
 * Endpoints and sessions of RTMFP (RFC 7016 §3.5): startup, keepalive, mobility, congestion control and close, without
 * sockets, clocks, threads or randomness of their own. {@link lancaster.rtmfp.session.Session} is the face of an open
 * session. One endpoint is one UDP port and belongs, with all its sessions and flows, to one loop; nothing is locked.
 */
@NullMarked
package lancaster.rtmfp.session;

import org.jspecify.annotations.NullMarked;

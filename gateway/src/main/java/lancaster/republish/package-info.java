/**
 * Streams sent on to other servers by RTMP (multipoint publishing). A stream has one {@link
 * lancaster.republish.Republisher}, which encodes what comes once and hands it to its targets; each of these connects,
 * fails and recovers alone. Owner: the client loop of the stream.
 */
@NullMarked
package lancaster.republish;

import org.jspecify.annotations.NullMarked;

package lancaster.rtmfp.session;

import java.net.InetSocketAddress;
import lancaster.rtmfp.crypto.FarCertificate;
import lancaster.rtmfp.crypto.SessionKeys;
import lancaster.rtmfp.packet.Mode;

/**
 * What the handshake brought about (RFC 7016 §3.5).
 *
 * @param mode INITIATOR if this end opened the session, else RESPONDER
 * @param nearSessionId on packets to this end
 * @param farSessionId on packets to the far end
 */
record SessionParameters(
        Mode mode,
        long nearSessionId,
        long farSessionId,
        InetSocketAddress farAddress,
        FarCertificate farCertificate,
        SessionKeys keys) {}

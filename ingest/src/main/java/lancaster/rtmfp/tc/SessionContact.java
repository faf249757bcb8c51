package lancaster.rtmfp.tc;

import java.net.InetSocketAddress;
import lancaster.rendezvous.Contact;
import lancaster.rtmfp.crypto.PeerId;
import lancaster.rtmfp.packet.ForwardedInitiatorHello;
import lancaster.rtmfp.session.Session;

/** The far end of a session, to whoever introduces it. */
public record SessionContact(Session session) implements Contact {
    @Override
    public PeerId peerId() {
        return session.farCertificate().peerId();
    }

    @Override
    public InetSocketAddress address() {
        return session.farAddress();
    }

    @Override
    public void forward(ForwardedInitiatorHello hello) {
        session.forward(hello);
    }
}

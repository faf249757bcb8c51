package lancaster.rtmfp.session;

import java.net.InetSocketAddress;
import lancaster.rtmfp.crypto.PacketCipher;
import lancaster.rtmfp.packet.Chunk;
import lancaster.rtmfp.packet.PacketHeader;
import lancaster.runloop.RunLoop;

/** Sends the packets of session startup, with the Default Session Key (RFC 7016 §2.2.3). */
final class StartupOutput {
    /** The session ID of packets to whom has none yet. */
    static final long STARTUP_SESSION_ID = 0;

    private final RunLoop loop;
    private final PacketOutput output;
    private final PacketCipher cipher;

    StartupOutput(RunLoop loop, PacketOutput output, PacketCipher cipher) {
        this.loop = loop;
        this.output = output;
        this.cipher = cipher;
    }

    /** A chunk that finds no room in a packet is not sent; none that this end makes is that long. */
    void send(long sessionId, Chunk chunk, InetSocketAddress to) {
        output.writer().begin(PacketHeader.startup(RttEstimator.timestamp(loop.nowNs())));
        if (output.writer().fits(chunk)) {
            output.writer().add(chunk);
            output.send(cipher, sessionId, to, false);
        }
    }
}

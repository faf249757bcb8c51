package lancaster.bench;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import lancaster.bytes.Bytes;
import lancaster.kit.SimRunLoop;
import lancaster.rtmfp.crypto.DhGroup;
import lancaster.rtmfp.crypto.EndpointDiscriminator;
import lancaster.rtmfp.crypto.FlashCryptoProfile;
import lancaster.rtmfp.crypto.FlashSettings;
import lancaster.rtmfp.crypto.PacketCipher;
import lancaster.rtmfp.flow.FlowLimits;
import lancaster.rtmfp.flow.RecvFlow;
import lancaster.rtmfp.packet.Chunk;
import lancaster.rtmfp.packet.ChunkReader;
import lancaster.rtmfp.packet.InitiatorHello;
import lancaster.rtmfp.packet.InitiatorInitialKeying;
import lancaster.rtmfp.packet.PacketHeader;
import lancaster.rtmfp.packet.PacketWriter;
import lancaster.rtmfp.packet.ResponderHello;
import lancaster.rtmfp.packet.ResponderInitialKeying;
import lancaster.rtmfp.session.CloseReason;
import lancaster.rtmfp.session.EndpointListener;
import lancaster.rtmfp.session.RtmfpEndpoint;
import lancaster.rtmfp.session.RtmfpSettings;
import lancaster.rtmfp.session.Session;
import lancaster.rtmfp.session.SessionListener;

/**
 * Whole handshakes of a server's endpoint, from the first hello to the open session, in group 14. The client's packets are
 * sealed and opened here too, but it has made its key once.
 */
final class RtmfpHandshakeRow {
    private static final DhGroup GROUP = DhGroup.MODP_2048;
    private static final int SESSION_ID_BYTES = 4;
    private static final int FIRST_PORT = 1_024;
    private static final int PORTS = 60_000;
    private static final int UNLIMITED = 1_000_000;
    private static final RtmfpSettings SETTINGS = new RtmfpSettings(
            UNLIMITED,
            1,
            UNLIMITED,
            UNLIMITED,
            Duration.ofSeconds(25),
            Duration.ofSeconds(120),
            Duration.ofSeconds(300),
            1_192,
            true,
            1 << 20,
            1 << 20,
            FlowLimits.DEFAULTS);

    private final SimRunLoop loop = new SimRunLoop();
    private final SecureRandom random = new SecureRandom();
    private final FlashCryptoProfile server = new FlashCryptoProfile(FlashSettings.SERVER, random);
    private final FlashCryptoProfile client = new FlashCryptoProfile(FlashSettings.PEER.withGroups(GROUP), random);
    private final PacketCipher cipher = client.startupCipher();
    private final Bytes component = client.initiate(
                    client.farCertificate(server.nearCertificate()).orElseThrow())
            .orElseThrow()
            .component();
    private final Bytes discriminator =
            EndpointDiscriminator.of("rtmfp://box/live").encoded();
    private final Bytes tag = Bytes.wrap(new byte[16]);
    private final PacketWriter writer = new PacketWriter(1_192);
    private final byte[] datagram = new byte[2_048];
    private final RtmfpEndpoint endpoint;
    private Bytes sent = Bytes.EMPTY;
    private int opened;
    private int handshakes;

    RtmfpHandshakeRow() {
        endpoint = new RtmfpEndpoint(
                SETTINGS,
                loop,
                (array, offset, length, to, timeCritical) -> {
                    byte[] copy = new byte[length];
                    System.arraycopy(array, offset, copy, 0, length);
                    sent = Bytes.wrap(copy);
                },
                server,
                Runnable::run,
                random,
                (EndpointListener) this::onSession);
    }

    void handshake() {
        loop.advanceMs(1);
        InetSocketAddress from =
                new InetSocketAddress(InetAddress.getLoopbackAddress(), FIRST_PORT + handshakes++ % PORTS);
        Bytes cookie = ((ResponderHello) answer(new InitiatorHello(discriminator, tag), from)).cookie();
        InitiatorInitialKeying keying =
                new InitiatorInitialKeying(handshakes, cookie, client.nearCertificate(), component, Bytes.of('X'));
        Chunk answer = answer(keying, from);
        if (!(answer instanceof ResponderInitialKeying) || opened != handshakes) {
            throw new AssertionError("no session but " + answer);
        }
        List.copyOf(endpoint.sessions()).forEach(Session::abort);
    }

    private Chunk answer(Chunk chunk, InetSocketAddress from) {
        writer.begin(PacketHeader.startup(1)).add(chunk);
        int sealed = cipher.seal(writer.array(), writer.offset(), writer.length(), datagram, SESSION_ID_BYTES);
        ByteBuffer packet = ByteBuffer.wrap(datagram, 0, SESSION_ID_BYTES + sealed);
        // The session id of startup is zero.
        packet.putInt(0, packet.getInt(SESSION_ID_BYTES) ^ packet.getInt(2 * SESSION_ID_BYTES));
        endpoint.onDatagram(packet, from);
        loop.runDue();
        ChunkReader reader = new ChunkReader(
                cipher.open(sent.slice(SESSION_ID_BYTES).buffer()).orElseThrow());
        if (!reader.advance()) {
            throw new AssertionError("an answer of nothing");
        }
        return reader.chunk();
    }

    private void onSession(Session session) {
        opened++;
        session.listener(new SessionListener() {
            @Override
            public void onFlow(RecvFlow flow) {
                flow.reject(0);
            }

            @Override
            public void onClosed(CloseReason reason) {
                // Closed by us.
            }
        });
    }
}

package lancaster.rtmfp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import lancaster.bytes.Bytes;
import lancaster.kit.SimRunLoop;
import lancaster.rtmfp.crypto.DhGroup;
import lancaster.rtmfp.crypto.EndpointDiscriminator;
import lancaster.rtmfp.crypto.FlashCryptoProfile;
import lancaster.rtmfp.crypto.FlashSettings;
import lancaster.rtmfp.crypto.PacketCipher;
import lancaster.rtmfp.packet.Chunk;
import lancaster.rtmfp.packet.ChunkReader;
import lancaster.rtmfp.packet.Fragment;
import lancaster.rtmfp.packet.Fragmenter;
import lancaster.rtmfp.packet.InitiatorHello;
import lancaster.rtmfp.packet.PacketHeader;
import lancaster.rtmfp.packet.PacketWriter;
import lancaster.rtmfp.packet.ResponderHello;
import org.junit.jupiter.api.Test;

/** Packets of session startup in fragments (RFC 7016 §3.4). */
class StartupFragmentsTest {
    private static final InetSocketAddress FROM = new InetSocketAddress("192.0.2.1", 5000);
    private static final int SESSION_ID_BYTES = 4;
    private static final Bytes TAG = Bytes.of(1, 2, 3, 4, 5, 6, 7, 8);

    private final FlashCryptoProfile profile =
            new FlashCryptoProfile(FlashSettings.SERVER.withGroups(DhGroup.MODP_1024), new SplittableRandom(1));
    private final PacketCipher cipher = profile.startupCipher();
    private final List<Chunk> answers = new ArrayList<>();
    private final RtmfpEndpoint endpoint = new RtmfpEndpoint(
            RtmfpSettings.DEFAULTS,
            new SimRunLoop(),
            (array, offset, length, to, timeCritical) -> answers.add(read(array, offset, length)),
            profile,
            Runnable::run,
            new SplittableRandom(2),
            session -> {});

    @Test
    void aHelloInFragmentsIsAnsweredOnceItIsWhole() {
        List<Fragment> fragments = Fragmenter.fragments(hello(), 77, 40);
        for (Fragment fragment : fragments) {
            assertEquals(List.of(), answers);
            receive(packet(fragment));
        }
        assertEquals(1, answers.size());
        assertEquals(TAG, ((ResponderHello) answers.get(0)).tagEcho());
    }

    @Test
    void fragmentsOfFragmentsAreNotPutTogether() {
        Bytes inner = packet(new Fragment(false, 1, 0, hello()));
        receive(packet(new Fragment(false, 2, 0, inner)));
        assertEquals(List.of(), answers);
    }

    private static Bytes hello() {
        return packet(new InitiatorHello(
                EndpointDiscriminator.of("rtmfp://example.com/live").encoded(), TAG));
    }

    private static Bytes packet(Chunk chunk) {
        return new PacketWriter(500).begin(PacketHeader.startup(1)).add(chunk).packet();
    }

    private void receive(Bytes plain) {
        byte[] datagram = new byte[SESSION_ID_BYTES + plain.length() + cipher.maxOverheadBytes()];
        int sealed = cipher.seal(plain.toArray(), 0, plain.length(), datagram, SESSION_ID_BYTES);
        ByteBuffer buffer = ByteBuffer.wrap(datagram, 0, SESSION_ID_BYTES + sealed);
        buffer.putInt(0, buffer.getInt(SESSION_ID_BYTES) ^ buffer.getInt(2 * SESSION_ID_BYTES));
        endpoint.onDatagram(buffer, FROM);
    }

    private Chunk read(byte[] array, int offset, int length) {
        Bytes plain = cipher.open(ByteBuffer.wrap(array, offset + SESSION_ID_BYTES, length - SESSION_ID_BYTES))
                .orElseThrow();
        ChunkReader reader = new ChunkReader(plain);
        assertTrue(reader.advance());
        return reader.chunk();
    }
}

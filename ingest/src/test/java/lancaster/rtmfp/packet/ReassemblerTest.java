package lancaster.rtmfp.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import lancaster.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Packets in fragments (RFC 7016 §3.4). */
class ReassemblerTest {
    private static final InetSocketAddress FROM = new InetSocketAddress("192.0.2.1", 5);
    private static final InetSocketAddress OTHER = new InetSocketAddress("192.0.2.2", 5);
    private static final int LIMIT_BYTES = 120;

    private final Reassembler reassembler = new Reassembler();

    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#some")
    void fragmentsInAnyOrderAndTwiceMakeThePacket(long seed) {
        Random random = new Random(seed);
        Bytes packet = Chunks.startupPacket();
        List<Fragment> fragments = Fragmenter.fragments(packet, random.nextLong(), LIMIT_BYTES);
        assertTrue(fragments.size() > 4);
        List<Fragment> sent = new ArrayList<>(fragments);
        sent.addAll(fragments.subList(0, fragments.size() - 1));
        Collections.shuffle(sent, random);
        List<Bytes> complete = new ArrayList<>();
        for (Fragment fragment : sent) {
            assertTrue(Chunks.packet(PacketHeader.startup(1), List.of(fragment)).length() <= LIMIT_BYTES);
            reassembler.add(fragment, Mode.STARTUP, FROM, 0).ifPresent(complete::add);
        }
        assertEquals(List.of(packet), complete.subList(0, 1));
    }

    @Test
    void packetsOfSeveralAddressesDontMix() {
        List<Fragment> fragments = Fragmenter.fragments(Chunks.startupPacket(), 7, LIMIT_BYTES);
        for (int i = 0; i < fragments.size() - 1; i++) {
            InetSocketAddress from = i % 2 == 0 ? FROM : OTHER;
            assertEquals(Optional.empty(), reassembler.add(fragments.get(i), Mode.STARTUP, from, 0));
        }
        assertEquals(2, reassembler.size());
    }

    @Test
    void aPacketInOneFragmentIsWhole() {
        Bytes packet = Chunks.startupPacket();
        assertEquals(Optional.of(packet), reassembler.add(new Fragment(false, 1, 0, packet), Mode.STARTUP, FROM, 0));
        assertEquals(0, reassembler.size());
    }

    @Test
    void fragmentsThatContradictEachOtherAreMalformed() {
        Bytes packet = Chunks.startupPacket();
        reassembler.add(new Fragment(true, 1, 5, packet), Mode.STARTUP, FROM, 0);
        assertMalformed(new Fragment(false, 1, 3, packet), Mode.STARTUP);
        assertMalformed(new Fragment(true, 1, 0, packet), Mode.INITIATOR);
        reassembler.add(new Fragment(false, 1, 6, packet), Mode.STARTUP, FROM, 0);
        assertMalformed(new Fragment(true, 1, 7, packet), Mode.STARTUP);
        assertMalformed(new Fragment(true, 1, RtmfpParameters.MAX_FRAGMENTS, packet), Mode.STARTUP);
        assertThrows(MalformedPacketException.class, () -> new Fragment(true, 1, 0, Bytes.EMPTY));
    }

    @Test
    void aPacketOfAnotherModeThanItsFragmentsIsMalformed() {
        assertMalformed(new Fragment(false, 1, 0, Chunks.startupPacket()), Mode.INITIATOR);
        assertEquals(0, reassembler.size());
    }

    @Test
    void aPacketOfMoreThanTheLimitIsMalformed() {
        Bytes piece = Bytes.wrap(new byte[RtmfpParameters.REASSEMBLY_LIMIT_BYTES / 2]);
        reassembler.add(new Fragment(true, 1, 0, piece), Mode.STARTUP, FROM, 0);
        reassembler.add(new Fragment(true, 1, 1, piece), Mode.STARTUP, FROM, 0);
        assertMalformed(new Fragment(true, 1, 2, Bytes.of(1)), Mode.STARTUP);
    }

    @Test
    void whatDoesNotProgressMakesRoomAndWhatDoesIsNotPushedOut() {
        Bytes piece = Bytes.of(0x0B);
        for (int id = 0; id < RtmfpParameters.MAX_REASSEMBLIES + 10; id++) {
            reassembler.add(new Fragment(true, id, 0, piece), Mode.STARTUP, FROM, 0);
        }
        assertEquals(RtmfpParameters.MAX_REASSEMBLIES, reassembler.size());
        long laterNs = RtmfpParameters.REASSEMBLY_PROGRESS_NS + 1;
        reassembler.add(new Fragment(true, 1_000, 0, piece), Mode.STARTUP, FROM, laterNs);
        assertEquals(1, reassembler.size());
    }

    @Test
    void aPacketThatTakesTooLongBeginsAnew() {
        Bytes packet = Chunks.startupPacket();
        long nowNs = 0;
        reassembler.add(new Fragment(true, 1, 0, packet.slice(0, 1)), Mode.STARTUP, FROM, nowNs);
        for (int number = 1; nowNs < RtmfpParameters.REASSEMBLY_LIFETIME_NS; number++) {
            nowNs += RtmfpParameters.REASSEMBLY_PROGRESS_NS;
            reassembler.add(new Fragment(true, 1, number, packet.slice(number, 1)), Mode.STARTUP, FROM, nowNs);
        }
        nowNs += RtmfpParameters.REASSEMBLY_PROGRESS_NS;
        assertEquals(
                Optional.of(packet), reassembler.add(new Fragment(false, 1, 0, packet), Mode.STARTUP, FROM, nowNs));
    }

    @Test
    void packetsThatNeedTooManyFragmentsAreRefused() {
        Bytes packet = Bytes.wrap(new byte[20_000]);
        assertThrows(IllegalArgumentException.class, () -> Fragmenter.fragments(packet, 1, LIMIT_BYTES));
        assertThrows(IllegalArgumentException.class, () -> Fragmenter.fragments(packet, 1, 10));
    }

    private void assertMalformed(Fragment fragment, Mode mode) {
        assertThrows(MalformedPacketException.class, () -> reassembler.add(fragment, mode, FROM, 0));
    }
}

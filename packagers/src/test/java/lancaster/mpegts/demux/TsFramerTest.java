package lancaster.mpegts.demux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import lancaster.bytes.Bytes;
import lancaster.kit.Splits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TsFramerTest {
    private static final int SIZE = TsPacketHeader.SIZE;

    private final List<Integer> given = new ArrayList<>();
    private final TsFramer framer = new TsFramer((array, offset) -> given.add(number(array, offset)));

    /** A packet that bears its number, with sync bytes in its payload that are none. */
    private static byte[] packet(int number) {
        byte[] packet = new byte[SIZE];
        Arrays.fill(packet, (byte) 0x47);
        packet[1] = (byte) (number >> 8);
        packet[2] = (byte) number;
        return packet;
    }

    private static int number(byte[] array, int offset) {
        assertEquals(0x47, array[offset]);
        return (array[offset + 1] & 0xFF) << 8 | (array[offset + 2] & 0xFF);
    }

    /** Packets whose payload can't be mistaken for sync bytes. */
    private static Bytes packets(int from, int to) {
        byte[] all = new byte[(to - from) * SIZE];
        for (int i = from; i < to; i++) {
            byte[] packet = packet(i);
            Arrays.fill(packet, 3, SIZE, (byte) 0x11);
            System.arraycopy(packet, 0, all, (i - from) * SIZE, SIZE);
        }
        return Bytes.wrap(all);
    }

    private static List<Integer> numbers(int from, int to) {
        return java.util.stream.IntStream.range(from, to).boxed().toList();
    }

    private void datagram(Bytes bytes) {
        framer.datagram(bytes.toArray(), 0, bytes.length());
    }

    @Test
    void datagramsOfWholePacketsAreGivenAtOnce() {
        datagram(packets(0, 7));
        assertEquals(numbers(0, 7), given);
        datagram(packets(7, 8));
        assertEquals(numbers(0, 8), given);
        assertEquals(new FramerStats(8, 0, 0, 0), framer.stats());
    }

    @Test
    void datagramsOfOnePacketAreGivenOnceFiveHaveCome() {
        for (int i = 0; i < 4; i++) {
            datagram(packets(i, i + 1));
        }
        assertEquals(List.of(), given);
        datagram(packets(4, 5));
        assertEquals(numbers(0, 5), given);
    }

    /** As ffmpeg sends if it isn't told otherwise. */
    @Test
    void packetsGoOnInTheNextDatagram() {
        Bytes stream = packets(0, 100);
        for (int at = 0; at < stream.length(); at += 1472) {
            datagram(stream.slice(at, Math.min(1472, stream.length() - at)));
        }
        assertEquals(numbers(0, 100), given);
        assertEquals(0, framer.stats().skippedBytes());
    }

    @Test
    void aLostDatagramOfThoseCostsFewPackets() {
        Bytes stream = packets(0, 200);
        for (int at = 0; at < stream.length(); at += 1472) {
            if (at != 10 * 1472) {
                datagram(stream.slice(at, Math.min(1472, stream.length() - at)));
            }
        }
        List<Integer> right = new ArrayList<>(numbers(0, 200));
        assertTrue(right.containsAll(given));
        assertTrue(given.size() >= 200 - 10, () -> given.size() + " of 200");
    }

    @Test
    void aDatagramThatWasCutShortCostsItsLastPacket() {
        datagram(packets(0, 7));
        datagram(packets(7, 14).slice(0, 6 * SIZE + 100));
        datagram(packets(14, 21));
        List<Integer> expected = new ArrayList<>(numbers(0, 13));
        expected.addAll(numbers(14, 21));
        assertEquals(expected, given);
        assertEquals(new FramerStats(20, 0, 0, 100), framer.stats());
    }

    @Test
    void oneWrongSyncByteCostsItsPacket() {
        byte[] stream = packets(0, 20).toArray();
        stream[10 * SIZE] = 0;
        framer.bytes(stream, 0, stream.length);
        assertEquals(19, given.size());
        assertEquals(new FramerStats(19, 1, 0, SIZE), framer.stats());
    }

    @Test
    void twoWrongOnesEndTheRhythmWhichIsFoundAnew() {
        byte[] stream = packets(0, 30).toArray();
        stream[10 * SIZE] = 0;
        stream[11 * SIZE] = 0;
        framer.bytes(stream, 0, stream.length);
        assertEquals(28, given.size());
        assertEquals(1, framer.stats().syncLosses());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 100, 187, 189, 1000})
    void bytesBetweenPacketsAreSkipped(int noise) {
        Bytes garbage = Bytes.wrap(new byte[noise]);
        Bytes stream = Bytes.concat(packets(0, 20), garbage, packets(20, 40));
        framer.bytes(stream.toArray(), 0, stream.length());
        assertEquals(40, given.size());
        assertEquals(noise, framer.stats().skippedBytes());
    }

    @Test
    void whatLooksLikeSyncBytesInPayloadIsNotMistaken() {
        byte[] stream = new byte[20 * SIZE];
        for (int i = 0; i < 20; i++) {
            System.arraycopy(packet(i), 0, stream, i * SIZE, SIZE);
            // Five in a row would be.
            stream[i * SIZE + 50] = (byte) (i % 5 == 0 ? 0 : 0x47);
            stream[i * SIZE + 3] = 0x10;
        }
        framer.bytes(stream, 0, stream.length);
        assertEquals(numbers(0, 20), given);
    }

    @Test
    void anEndGivesWhatIsInRhythm() {
        Bytes three = Bytes.concat(packets(0, 3), Bytes.of(0x47, 1, 2));
        framer.bytes(three.toArray(), 0, three.length());
        assertEquals(List.of(), given);
        framer.end();
        assertEquals(numbers(0, 3), given);
    }

    @Test
    void itDoesNotMatterHowAStreamIsCut() {
        byte[] broken = packets(5, 12).toArray();
        broken[2 * SIZE] = 1;
        Bytes stream = Bytes.concat(
                Bytes.of(0x47, 0x47, 3), packets(0, 5), Bytes.wrap(broken), Bytes.of(9, 9), packets(12, 20));
        Splits.assertSplitsDontMatter(stream, pieces -> {
            List<Integer> found = new ArrayList<>();
            TsFramer cut = new TsFramer((array, offset) -> found.add(number(array, offset)));
            pieces.forEach(piece -> {
                Bytes copy = Bytes.copyOf(piece);
                cut.bytes(copy.toArray(), 0, copy.length());
            });
            cut.end();
            return found + " " + cut.stats();
        });
    }

    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#some")
    void noiseIsSurvivedAndAllBytesAreAccountedFor(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long sent = 0;
        for (int i = 0; i < 200; i++) {
            byte[] noise = new byte[random.nextInt(2_000)];
            random.nextBytes(noise);
            if (random.nextBoolean()) {
                noise = packets(i, i + 1 + random.nextInt(7)).toArray();
            }
            sent += noise.length;
            framer.datagram(noise, 0, noise.length);
        }
        framer.end();
        assertEquals(sent, framer.stats().packets() * SIZE + framer.stats().skippedBytes());
    }
}

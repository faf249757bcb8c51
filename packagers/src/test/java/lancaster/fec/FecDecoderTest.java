package lancaster.fec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import lancaster.bytes.Bytes;
import lancaster.kit.Hex;
import lancaster.rtp.RtpFixtures;
import lancaster.rtp.RtpHeader;
import lancaster.rtp.RtpPacket;
import org.junit.jupiter.api.Test;

class FecDecoderTest {
    private static final FecSettings MATRIX = new FecSettings(5, 5, true);
    private static final FecSettings COLUMNS = new FecSettings(5, 5, false);

    private final List<RtpPacket> recovered = new ArrayList<>();
    private final FecDecoder decoder = new FecDecoder(recovered::add);

    private void receive(List<SentFec.Sent> sent, Set<Integer> missing) {
        for (SentFec.Sent one : sent) {
            if (!one.media()) {
                decoder.onParity(one.packet());
            } else if (!missing.contains(one.packet().sequence())) {
                decoder.onMedia(one.packet());
            }
        }
    }

    private void lose(FecSettings settings, long first, Integer... numbers) {
        receive(SentFec.of(settings, first, 75).sent, Set.of(numbers));
    }

    private static Set<RtpPacket> packets(long... numbers) {
        return LongStream.of(numbers).mapToObj(RtpFixtures::packet).collect(Collectors.toSet());
    }

    @Test
    void recoversAPacketWholeFromItsRow() {
        lose(MATRIX, 0, 7);
        assertEquals(List.of(RtpFixtures.packet(7)), recovered);
    }

    @Test
    void recoversABurstAsLongAsARow() {
        lose(COLUMNS, 0, 7, 8, 9, 10, 11);
        assertEquals(packets(7, 8, 9, 10, 11), new HashSet<>(recovered));
    }

    @Test
    void goesOnWithWhatItRecovered() {
        // Two in a row and two in a column: the third packet of the staircase needs the first two.
        lose(MATRIX, 0, 0, 1, 6, 7, 12, 13);
        assertEquals(packets(0, 1, 6, 7, 12, 13), new HashSet<>(recovered));
    }

    @Test
    void leavesASquareOfFour() {
        lose(MATRIX, 0, 0, 1, 5, 6);
        assertEquals(List.of(), recovered);
    }

    @Test
    void sequenceNumbersMayWrapInsideAMatrix() {
        lose(MATRIX, 65_530, 65_535, 0, 1);
        assertEquals(packets(65_535, 65_536, 65_537), new HashSet<>(recovered));
    }

    @Test
    void packetsAndParityMayComeInAnyOrder() {
        List<SentFec.Sent> sent = new ArrayList<>(SentFec.of(MATRIX, 0, 75).sent);
        Collections.shuffle(sent.subList(1, sent.size()), new Random(1));
        receive(sent, Set.of(7, 8, 9, 30, 31));
        assertEquals(
                packets(7, 8, 9, 30, 31),
                Set.copyOf(recovered.stream()
                        .filter(packet -> packet.sequence() == 7
                                || packet.sequence() == 8
                                || packet.sequence() == 9
                                || packet.sequence() == 30
                                || packet.sequence() == 31)
                        .toList()));
        recovered.forEach(packet -> assertEquals(RtpFixtures.packet(packet.sequence()), packet));
    }

    @Test
    void recoversEachPacketOnce() {
        lose(MATRIX, 0, 7, 9, 21);
        assertEquals(3, recovered.size());
        assertEquals(3, decoder.stats().recovered());
    }

    @Test
    void recoversPacketsOfTheirOwnLength() {
        SentFec sent = new SentFec(COLUMNS);
        for (int i = 0; i < 75; i++) {
            sent.media(RtpFixtures.packet(i, 1 + i % 7));
        }
        receive(sent.sent, Set.of(3));
        assertEquals(List.of(RtpFixtures.packet(3, 4)), recovered);
    }

    @Test
    void dropsWhatCantHaveBeenSent() {
        byte[] zeros = new byte[12 + 1316];
        RtpHeader.write(zeros, 0, false, 33, 12, 12 * 900, RtpFixtures.SSRC);
        RtpPacket other = RtpFixtures.parsed(Bytes.wrap(zeros));
        for (SentFec.Sent one : SentFec.of(COLUMNS, 0, 75).sent) {
            int sequence = one.packet().sequence();
            if (!one.media()) {
                decoder.onParity(one.packet());
            } else if (sequence != 7) {
                // One that isn't what the parity was made of: of another stream under the same number.
                decoder.onMedia(sequence == 12 ? other : one.packet());
            }
        }
        assertEquals(List.of(), recovered);
        assertEquals(1, decoder.stats().implausible());
    }

    @Test
    void countsWhatIsNoParity() {
        decoder.onMedia(RtpFixtures.packet(0));
        for (String payload : List.of(
                "",
                "0000 0000 80 000000 00000000 00 05 05",
                "0000 0000 80 000000 00000000 00 00 05 00",
                "0000 0000 80 000000 00000000 00 05 00 00",
                "0000 0000 80 000000 00000000 08 05 05 00")) {
            decoder.onParity(parity(payload));
        }
        assertEquals(5, decoder.stats().malformed());
        assertEquals(0, decoder.stats().columns() + decoder.stats().rows());
    }

    @Test
    void parityFarFromTheMediaIsNotUsed() {
        decoder.onMedia(RtpFixtures.packet(0));
        decoder.onParity(parity("4000 0000 80 000000 00000000 00 05 05 00"));
        decoder.onParity(parity("0000 0000 80 000000 00000000 00 FF FF 00"));
        assertEquals(2, decoder.stats().unused());
    }

    @Test
    void parityBeforeAnyMediaIsForgotten() {
        decoder.onParity(SentFec.of(MATRIX, 0, 5).on(4).get(0));
        assertEquals(1, decoder.stats().rows());
        assertEquals(List.of(), recovered);
    }

    @Test
    void countsParityThatNeverHelped() {
        receive(SentFec.of(MATRIX, 0, 3_000).sent, Set.of(0, 1, 5, 6));
        assertEquals(4, decoder.stats().unused());
        assertEquals(List.of(), recovered);
    }

    @Test
    void anotherSourceBeginsWithoutWhatWasBefore() {
        receive(SentFec.of(MATRIX, 0, 24).sent, Set.of(20, 21));
        decoder.reset();
        decoder.onMedia(RtpFixtures.packet(21));
        decoder.onMedia(RtpFixtures.packet(30_000));
        assertEquals(List.of(), recovered);
    }

    private static RtpPacket parity(String payload) {
        return RtpFixtures.parsed(Bytes.concat(Hex.bytes("80 60 0001 00000002 00000000"), Hex.bytes(payload)));
    }
}

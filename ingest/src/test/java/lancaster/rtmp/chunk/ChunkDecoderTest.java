package lancaster.rtmp.chunk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Kind;
import lancaster.bytes.ProtocolException.Scope;
import lancaster.kit.Hex;
import lancaster.kit.Mutations;
import lancaster.kit.Splits;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkDecoderTest {
    private final ChunkDecoder decoder = new ChunkDecoder(ChunkLimits.MEDIA);
    private final List<RawMessage> messages = new ArrayList<>();

    @Nested
    class Headers {
        @Test
        void format0GivesEverything() {
            decode("04 000064 000002 09 01000000 aabb");
            assertEquals(List.of(new RawMessage(9, 1, 100, Hex.bytes("aabb"))), messages);
        }

        @Test
        void formats1To3LeaveOutWhatStays() {
            decode("04 000064 000002 09 01000000 aabb");
            decode("44 000028 000001 08 cc");
            decode("84 000014 dd");
            decode("c4 ee");
            assertEquals(
                    List.of("9@100 1: aabb", "8@140 1: cc", "8@160 1: dd", "8@180 1: ee"),
                    messages.stream().map(ChunkDecoderTest::text).toList());
        }

        @ParameterizedTest
        @CsvSource({"02, 2", "3f, 63", "0000, 64", "00ff, 319", "010000, 64", "01ff00, 319", "01ffff, 65599"})
        void basicHeadersHaveOneToThreeBytes(String basicHeader, int id) {
            ByteBuffer bytes =
                    Hex.bytes(basicHeader + "000001 000000 09 00000000").buffer();
            ChunkHeader header = new ChunkHeader();
            assertEquals(bytes.remaining(), header.read(bytes, 0, new ChunkStreams()));
            assertEquals(id, header.chunkStreamId);
        }

        @Test
        void messageStreamIdIsLittleEndian() {
            decode("04 000000 000001 09 01020000 aa");
            assertEquals(0x0201, messages.get(0).messageStreamId());
        }

        @Test
        void emptyMessagesAreMessages() {
            decode("04 000000 000000 08 01000000 c4");
            assertEquals(2, messages.size());
            assertEquals(Bytes.EMPTY, messages.get(0).payload());
        }

        @Test
        void timestampsWrapAt32Bits() {
            decode("04 ffffff 000001 08 01000000 fffffff0 aa");
            decode("84 000020 bb");
            assertEquals(0x10, messages.get(1).timestampMs());
        }
    }

    @Nested
    class Chunks {
        @Test
        void messagesAreCutAt128BytesUntilTold() {
            decode(chunk("04 000000 0000c8 09 01000000", 128) + chunk("c4", 72));
            assertEquals(200, messages.get(0).payload().length());
        }

        @Test
        void setChunkSizeTakesEffectWithTheNextChunk() {
            decode("02 000000 000004 01 00000000 00001000" + chunk("04 000000 000fff 09 01000000", 0xfff));
            assertEquals(0xfff, messages.get(0).payload().length());
        }

        @Test
        void chunkStreamsInterleave() {
            decode(chunk("04 000000 000082 09 01000000", 128) + "06 000000 000001 08 01000000 aa" + "c4 0102");
            assertEquals(
                    List.of(8, 9), messages.stream().map(RawMessage::typeId).toList());
        }

        @Test
        void abortDropsTheUnfinishedMessage() {
            decode(chunk("04 000000 000082 09 01000000", 128));
            assertTrue(decoder.unfinishedBytes() > 0);
            decode("02 000000 000004 02 00000000 00000004");
            assertEquals(0, decoder.unfinishedBytes());
            decode("04 000000 000001 08 01000000 aa");
            assertEquals(List.of(8), messages.stream().map(RawMessage::typeId).toList());
            assertEquals(1, decoder.abandonedMessages());
        }

        @Test
        void aNewHeaderWithinAMessageGivesTheOldOneUp() {
            decode(chunk("04 000000 000082 09 01000000", 128) + "04 000000 000001 08 01000000 aa");
            assertEquals(List.of(8), messages.stream().map(RawMessage::typeId).toList());
            assertEquals(1, decoder.abandonedMessages());
            assertEquals(0, decoder.unfinishedBytes());
        }

        @ParameterizedTest
        @ValueSource(strings = {"00000000", "80000000", "ffffffff", "0000"})
        void chunkSizeZeroOrOf32BitsEndsTheConnection(String size) {
            ProtocolException e = refused("02 000000 00000%d 01 00000000 %s".formatted(size.length() / 2, size));
            assertEquals(Kind.MALFORMED, e.kind());
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 4096, 60000, 65536, 0x7FFFFFFF})
        void anyOtherChunkSizeIsTaken(int size) {
            ChunkEncoder encoder = new ChunkEncoder();
            Bytes payload = Bytes.wrap(new byte[70_000]);
            ByteBuffer wire = ByteBuffer.allocate(1_000_000);
            Bytes setChunkSize = new ByteWriter().u32(size).bytes();
            encoder.encode(2, new RawMessage(RawMessage.SET_CHUNK_SIZE, 0, 0, setChunkSize), wire);
            encoder.encode(4, new RawMessage(9, 1, 5, payload), wire);
            decoder.decode(wire.flip(), messages::add);
            assertEquals(payload, messages.get(0).payload());
        }
    }

    @Nested
    class Quirks {
        @Test
        void extendedTimestampRepeatedInFormat3IsSkipped() {
            decode(chunk("04 ffffff 000082 09 01000000 01000000", 128) + "c4 01000000 aabb");
            assertEquals(0x01000000, messages.get(0).timestampMs());
            assertEquals(Hex.bytes("aabb"), messages.get(0).payload().slice(128));
        }

        @Test
        void extendedTimestampNotRepeatedByRtmpdumpIsNotMissed() {
            decode(chunk("04 ffffff 000084 09 01000000 01000000", 128) + "c4 01000001");
            assertEquals(Hex.bytes("01000001"), messages.get(0).payload().slice(128));
        }

        @Test
        void lastBytesOfAMessageWithoutRepeatedTimestampArriveAtOnce() {
            decode(chunk("04 ffffff 000082 09 01000000 01000000", 128) + "c4 0200");
            assertEquals(Hex.bytes("0200"), messages.get(0).payload().slice(128));
        }

        @Test
        void payloadThatBeginsLikeTheTimestampIsCutAnywhere() {
            String chunks = chunk("04 ffffff 000084 09 01000000 01000000", 128) + "c4 01000001" // differs at its end
                    + chunk("44 ffffff 000082 09 01000000", 128) + "c4 0100" // ends alike
                    + chunk("44 ffffff 000082 09 01000000", 128) + "c4 01000000 0100" // is repeated
                    + "05 000000 000001 08 01000000 aa";
            Splits.assertSplitsDontMatter(Hex.bytes(chunks), pieces -> {
                ChunkDecoder fresh = new ChunkDecoder(ChunkLimits.MEDIA);
                StringBuilder seen = new StringBuilder();
                pieces.forEach(
                        piece -> fresh.decode(piece, m -> seen.append(text(m)).append('\n')));
                return seen.toString();
            });
            decode(chunks);
            assertEquals(4, messages.size());
        }

        @Test
        void extendedDeltaIsADelta() {
            decode("04 000064 000001 09 01000000 aa");
            decode("44 ffffff 000001 09 01000000 bb");
            assertEquals(0x01000064, messages.get(1).timestampMs());
        }

        @Test
        void extendedDeltaIsAddedAgainByFormat3() {
            decode("04 000064 000001 09 01000000 aa");
            decode("44 ffffff 000001 09 01000000 bb");
            decode("c4 01000000 cc");
            assertEquals(0x02000064, messages.get(2).timestampMs());
        }

        @Test
        void absoluteTimeRepeatedBehindAnExtendedDeltaIsSkipped() {
            decode("04 000064 000001 09 01000000 aa");
            decode(chunk("44 ffffff 000082 09 01000000", 128) + "c4 01000064 bbcc");
            assertEquals(Hex.bytes("bbcc"), messages.get(1).payload().slice(128));
        }

        @Test
        void format3BehindFormat0AddsTheTimestampAgain() {
            decode("04 000017 000001 08 01000000 aa" + "c4 bb" + "c4 cc");
            assertEquals(
                    List.of(23L, 46L, 69L),
                    messages.stream().map(RawMessage::timestampMs).toList());
        }

        @Test
        void formats1And2OnAChunkStreamWithoutAPastCountFromZero() {
            decode("61 000005 000001 08 aa");
            decode("a1 000005 bb");
            decode("a2 000005");
            assertEquals(
                    List.of("8@5 0: aa", "8@10 0: bb", "0@5 0: "),
                    messages.stream().map(ChunkDecoderTest::text).toList());
        }

        @Test
        void format3OnAChunkStreamWithoutAPastIsAnEmptyMessage() {
            decode("e1");
            assertEquals(
                    List.of("0@0 0: "),
                    messages.stream().map(ChunkDecoderTest::text).toList());
        }

        @Test
        void controlMessagesComeOnAnyChunkStream() {
            decode("05 000000 000004 01 00000000 00001000" + chunk("04 000000 000fff 09 01000000", 0xfff));
            assertEquals(0xfff, messages.get(0).payload().length());
        }
    }

    @Nested
    class Limits {
        private final ChunkLimits limits = new ChunkLimits(10_000, 3, 15_000);
        private final ChunkDecoder decoder = new ChunkDecoder(limits);

        @Test
        void theLongestMessageIsTakenAndOneByteMoreIsNot() {
            decode(setChunkSize(1 << 20) + chunk("04 000000 002710 09 01000000", 10_000));
            assertEquals(1, messages.size());
            assertEquals(Kind.LIMIT, refused("04 000000 002711 09 01000000").kind());
        }

        @Test
        void nothingIsAllocatedForAnAnnouncedLength() {
            decode(setChunkSize(1 << 20) + chunk("04 000000 002710 09 01000000", 1));
            assertTrue(decoder.unfinishedBytes() <= 1024, "held: " + decoder.unfinishedBytes());
        }

        @Test
        void unfinishedMessagesAreBoundedTogether() {
            String most = chunk("04 000000 002710 09 01000000", 9_000);
            decode(setChunkSize(1 << 20) + most);
            assertEquals(
                    Kind.LIMIT,
                    refused(chunk("05 000000 002710 09 01000000", 9_000)).kind());
        }

        @Test
        void chunkStreamsAreCounted() {
            decode("04 000000 000000 08 01000000" + "05 000000 000000 08 01000000" + "0000 000000 000000 08 01000000");
            assertEquals(Kind.LIMIT, refused("010101 000000 000000 08 01000000").kind());
        }

        @Test
        void limitsCanBeRaised() {
            decoder.limit(new ChunkLimits(20_000, 3, 20_000));
            decode(setChunkSize(1 << 20) + chunk("04 000000 002711 09 01000000", 10_001));
            assertEquals(1, messages.size());
        }

        private void decode(String hex) {
            decoder.decode(Hex.bytes(hex).buffer(), messages::add);
        }

        private ProtocolException refused(String hex) {
            return assertThrows(ProtocolException.class, () -> decode(hex));
        }
    }

    @Test
    void splitsDontMatter() {
        Bytes wire = mixedWire(new SplittableRandom(7), 40, 3_000);
        Splits.assertSplitsDontMatter(wire, pieces -> {
            ChunkDecoder fresh = new ChunkDecoder(ChunkLimits.MEDIA);
            StringBuilder seen = new StringBuilder();
            pieces.forEach(piece -> fresh.decode(piece, m -> seen.append(m).append('\n')));
            return seen.toString();
        });
    }

    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#some")
    void decodesWhatTheEncoderWrites(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        ChunkEncoder encoder = new ChunkEncoder();
        List<RawMessage> expected = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            RawMessage message = randomMessage(random, 30_000);
            ByteBuffer wire = ByteBuffer.allocate(encoder.maxBytes(message));
            int id = 3 + random.nextInt(3) * 150;
            encoder.encode(id, message, wire);
            decoder.decode(wire.flip(), messages::add);
            expected.add(message);
        }
        assertEquals(expected, messages);
        assertEquals(0, decoder.unfinishedBytes());
    }

    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#some")
    void mutatedInputGivesMessagesOrAProtocolException(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Bytes wire = mixedWire(random, 20, 1_000);
        for (int i = 0; i < 10; i++) {
            ChunkDecoderFuzz.check(Mutations.mutate(wire, random).toArray());
        }
    }

    /** Messages of all formats and sizes on several chunk streams, with a change of the chunk size among them. */
    static Bytes mixedWire(SplittableRandom random, int count, int maxBytes) {
        ChunkEncoder encoder = new ChunkEncoder();
        ByteBuffer wire = ByteBuffer.allocate(count * (maxBytes * 2 + 100));
        for (int i = 0; i < count; i++) {
            if (i == count / 2) {
                Bytes size = new ByteWriter().u32(4096).bytes();
                encoder.encode(2, new RawMessage(RawMessage.SET_CHUNK_SIZE, 0, 0, size), wire);
            }
            encoder.encode(3 + random.nextInt(3) * 150, randomMessage(random, maxBytes), wire);
        }
        return Bytes.copyOf(wire.flip());
    }

    private static RawMessage randomMessage(SplittableRandom random, int maxBytes) {
        byte[] payload = new byte[random.nextInt(4) == 0 ? 100 : random.nextInt(maxBytes)];
        random.nextBytes(payload);
        long timestamp = random.nextInt(3) == 0 ? random.nextLong(1L << 32) : random.nextInt(1000);
        return new RawMessage(8 + random.nextInt(2), random.nextInt(3), timestamp, Bytes.wrap(payload));
    }

    private void decode(String hex) {
        decoder.decode(Hex.bytes(hex).buffer(), messages::add);
    }

    private ProtocolException refused(String hex) {
        ProtocolException e = assertThrows(ProtocolException.class, () -> decode(hex));
        assertEquals(Scope.CONNECTION, e.scope());
        return e;
    }

    private static String setChunkSize(int size) {
        return "02 000000 000004 01 00000000 %08x".formatted(size);
    }

    /** A chunk with {@code count} bytes of payload. */
    private static String chunk(String header, int count) {
        return header + "5a".repeat(count);
    }

    private static String text(RawMessage message) {
        return "%d@%d %d: %s"
                .formatted(
                        message.typeId(), message.timestampMs(), message.messageStreamId(), Hex.of(message.payload()));
    }
}

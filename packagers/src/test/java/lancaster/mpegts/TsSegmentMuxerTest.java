package lancaster.mpegts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.codec.aac.AudioSpecificConfig;
import lancaster.kit.Hex;
import lancaster.media.AccessUnit;
import lancaster.media.CodecConfig.AvcConfig;
import lancaster.media.CodecConfig.HevcConfig;
import lancaster.media.Mark;
import lancaster.media.Timebase;
import lancaster.media.TimelineRecord;
import lancaster.media.Track;
import lancaster.mpegts.TsSegmentReader.Packet;
import lancaster.mpegts.TsSegmentReader.Pes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TsSegmentMuxerTest {
    private static final String SPS = "67640028acd940780227e5c044000003000400000300f03c60c658";
    private static final String PPS = "68ef8fcb";
    static final Track VIDEO =
            new Track(Track.VIDEO, new AvcConfig(Hex.bytes("01640028ff e1001b" + SPS + "01 0004" + PPS)));
    static final Track AUDIO = new Track(Track.AUDIO, AudioSpecificConfig.parse(Hex.bytes("1190")));
    private static final long OFFSET_90K = 126_000;

    private final ByteWriter out = new ByteWriter();

    @Test
    void beginsWithTablesAndTheKeyFrame() {
        TsSegmentMuxer muxer = new TsSegmentMuxer(List.of(AUDIO, VIDEO));
        TsSegmentReader segment =
                segment(muxer, mark(0, 3), List.of(idr(0, 0, 5000), audio(0, 300), slice(3600, 0, 900)));
        assertEquals(new TsSegmentReader.Program(3, 0x100, Map.of(0x100, 0x1B, 0x110, 0x0F)), segment.program());
        Packet third = segment.packets().get(2);
        assertEquals(0x100, third.pid());
        assertTrue(third.start() && third.randomAccess() && !third.discontinuity());
        assertEquals(63_000 * 300, third.pcr());
        Pes first = segment.pes().get(0);
        assertEquals(OFFSET_90K, first.pts());
        assertTrue(first.payload()
                .startsWith(Hex.bytes("00000001 09f0 00000001" + SPS + "00000001" + PPS + "00000001 65")));
        Pes second = segment.pes().get(1);
        assertTrue(second.payload().startsWith(Hex.bytes("00000001 09f0 00000001 41")));
    }

    @Test
    void keepsParameterSetsAndDelimitersThatAnAccessUnitBrings() {
        AccessUnit unit = new AccessUnit(
                Track.VIDEO, 0, 0, true, Hex.bytes("00000002 0910 00000002 6799 00000002 6898 00000004 65888421"));
        TsSegmentReader segment = segment(new TsSegmentMuxer(List.of(VIDEO)), mark(0, 0), List.of(unit));
        assertEquals(
                Hex.bytes("00000001 09f0 00000001 6799 00000001 6898 00000001 65888421"),
                segment.pes().get(0).payload());
    }

    @Test
    void marksADiscontinuityWhereTheClockIsReadFirst() {
        Mark mark = mark(0, 1);
        Mark broken = new Mark(mark.record(), Mark.Kind.DISCONTINUITY, 7, 0, 1, 0, List.of(), List.of());
        TsSegmentMuxer muxer = new TsSegmentMuxer(List.of(VIDEO));
        List<AccessUnit> units = List.of(idr(0, 0, 2000), slice(3600, 0, 500));
        List<Packet> packets = segment(muxer, broken, units).packets();
        assertEquals(1, packets.stream().filter(Packet::discontinuity).count());
        assertTrue(packets.get(2).discontinuity());
        assertEquals(
                0,
                segment(muxer, mark, units).packets().stream()
                        .filter(Packet::discontinuity)
                        .count());
    }

    @Test
    void repeatsTheClockEvery100MsThroughASilence() {
        List<AccessUnit> units = List.of(idr(0, 0, 5000), slice(90_000, 0, 5000));
        List<Packet> packets =
                segment(new TsSegmentMuxer(List.of(VIDEO)), mark(0, 0), units).packets();
        List<Long> clock = clock(packets);
        assertEquals(11, clock.size());
        assertEquals(90_000, clock.get(10) - clock.get(0));
        assertClockRuns(packets);
    }

    @Test
    void doesNotFillAnEndlessSilence() {
        List<AccessUnit> units = List.of(idr(0, 0, 5000), slice(90_000L * 3600, 0, 5000));
        TsSegmentReader segment = segment(new TsSegmentMuxer(List.of(VIDEO)), mark(0, 0), units);
        assertEquals(52, clock(segment.packets()).size());
    }

    @Test
    void releasesTheStartOfAHeldUnitBeforeItsClockReferenceIsOld() {
        List<AccessUnit> units = new ArrayList<>(List.of(idr(0, 0, 5000), slice(3600, 0, 60)));
        for (int frame = 0; frame < 20; frame++) {
            units.add(audio(frame, 300));
        }
        units.add(slice(45_000, 0, 20));
        TsSegmentReader segment = segment(new TsSegmentMuxer(List.of(VIDEO, AUDIO)), mark(0, 0), units);
        assertClockRuns(segment.packets());
        assertPayloads(units, segment.pes());
    }

    @Test
    void repeatsTheTablesEveryHalfSecond() {
        List<AccessUnit> units = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            units.add(i == 0 ? idr(0, 0, 900) : slice(i * 3600L, 0, 900));
        }
        List<Packet> packets =
                segment(new TsSegmentMuxer(List.of(VIDEO)), mark(0, 0), units).packets();
        long clock = 0;
        long lastTables = 0;
        for (Packet packet : packets) {
            clock = packet.pcr() >= 0 ? packet.pcr() / 300 : clock;
            if (packet.pid() == 0) {
                assertTrue(lastTables == 0 || clock - lastTables <= 45_000, "tables at " + clock);
                lastTables = clock;
            }
        }
        assertEquals(16, packets.stream().filter(packet -> packet.pid() == 0).count());
    }

    @Test
    void tellsTheTimeWhereOnlyAudioComes() {
        List<AccessUnit> units = new ArrayList<>();
        for (int frame = 0; frame < 20; frame++) {
            units.add(audio(frame, 300));
        }
        TsSegmentReader segment = segment(new TsSegmentMuxer(List.of(VIDEO, AUDIO)), mark(0, 0), units);
        assertEquals(63_000 * 300, segment.packets().get(2).pcr());
        assertEquals(0x100, segment.packets().get(2).pid());
        assertClockRuns(segment.packets());
        assertPayloads(units, segment.pes());
    }

    @Test
    void groupsAudioUpTo100Ms() {
        TsSegmentMuxer muxer = new TsSegmentMuxer(List.of(AUDIO));
        List<AccessUnit> units = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            // A gap of one frame before the seventh.
            units.add(audio(i < 6 ? i : i + 1, 400));
        }
        TsSegmentReader segment = segment(muxer, mark(0, 0), units);
        assertEquals(0x110, segment.program().pcrPid());
        List<Pes> pes = segment.pes();
        assertEquals(
                List.of(0L, 4 * 1920L, 7 * 1920L),
                pes.stream().map(unit -> unit.pts() - OFFSET_90K).toList());
        assertEquals(4 * 407, pes.get(0).payload().length());
        assertEquals(2 * 407, pes.get(1).payload().length());
        assertTrue(pes.stream().allMatch(Pes::randomAccess));
    }

    @Test
    void wrapsTimestampsAt33Bits() {
        long wrap = (1L << 33) - OFFSET_90K;
        List<AccessUnit> units =
                List.of(idr(wrap - 3600, 7200, 3000), slice(wrap, 0, 3000), slice(wrap + 3600, 0, 100));
        List<Pes> pes = segment(new TsSegmentMuxer(List.of(VIDEO)), mark(wrap - 3600, 0), units)
                .pes();
        assertEquals(
                List.of((1L << 33) - 3600, 0L, 3600L),
                pes.stream().map(Pes::dts).toList());
        assertEquals(3600, pes.get(0).pts());
    }

    @Test
    void leavesTheLengthOpenWhereItDoesNotFit() {
        List<AccessUnit> units = List.of(idr(0, 0, 200_000), slice(3600, 0, 900));
        List<Pes> pes =
                segment(new TsSegmentMuxer(List.of(VIDEO)), mark(0, 0), units).pes();
        assertEquals(0, pes.get(0).announced());
        assertEquals(200_000, avcPayload(pes.get(0)).length() - 4);
        assertTrue(pes.get(1).announced() > 900);
    }

    @Test
    void refusesAMalformedAccessUnitWithoutHarmToTheSegment() {
        TsSegmentMuxer muxer = new TsSegmentMuxer(List.of(VIDEO, AUDIO));
        muxer.begin(this::collect, mark(0, 0));
        muxer.write(idr(0, 0, 1000));
        AccessUnit broken = new AccessUnit(Track.VIDEO, 3600, 0, false, Hex.bytes("00000002 41ff 00000009 41"));
        assertThrows(ProtocolException.class, () -> muxer.write(broken));
        AccessUnit tooLong = new AccessUnit(Track.AUDIO, 3600, 0, true, Bytes.wrap(new byte[8185]));
        assertThrows(ProtocolException.class, () -> muxer.write(tooLong));
        muxer.write(slice(7200, 0, 50));
        muxer.finish();
        TsSegmentReader segment = new TsSegmentReader(out.bytes()).assertCompleteCycles();
        assertEquals(2, segment.pes().size());
    }

    @Test
    void refusesOtherCodecs() {
        Track hevc = new Track(Track.VIDEO, new HevcConfig(Bytes.EMPTY));
        assertThrows(ProtocolException.class, () -> new TsSegmentMuxer(List.of(hevc)));
    }

    @Test
    void forgetsASegmentThatWasNotFinished() {
        TsSegmentMuxer muxer = new TsSegmentMuxer(List.of(VIDEO, AUDIO));
        List<AccessUnit> units = List.of(idr(0, 0, 5000), audio(0, 300), slice(3600, 0, 900));
        Bytes clean = bytes(muxer, mark(0, 0), units);
        muxer.begin((array, offset, length) -> {}, mark(0, 0));
        muxer.write(idr(9999, 0, 70_000));
        muxer.write(audio(5, 300));
        assertEquals(clean, bytes(muxer, mark(0, 0), units));
    }

    /** Any sizes of access units: whole packets, whole cycles, every byte back, the same bytes from a fresh muxer. */
    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#some")
    void keepsEveryByteAndEveryCounter(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Track> tracks =
                switch (random.nextInt(4)) {
                    case 0 -> List.of(VIDEO);
                    case 1 -> List.of(AUDIO);
                    default -> List.of(VIDEO, AUDIO);
                };
        TsSegmentMuxer muxer = new TsSegmentMuxer(tracks);
        long start90k = random.nextLong(1L << 40);
        for (int number = 0; number < 5; number++) {
            List<AccessUnit> units = randomSegment(random, tracks, start90k);
            Bytes bytes = bytes(muxer, mark(start90k, number), units);
            TsSegmentReader segment = new TsSegmentReader(bytes).assertCompleteCycles();
            assertPayloads(units, segment.pes());
            assertClockRuns(segment.packets());
            assertEquals(bytes, bytes(new TsSegmentMuxer(tracks), mark(start90k, number), units));
            start90k = units.get(units.size() - 1).dts90k() + 3600;
        }
    }

    /** Program clock references rise, by 100 ms at most. */
    private static void assertClockRuns(List<Packet> packets) {
        List<Long> clock = clock(packets);
        for (int i = 1; i < clock.size(); i++) {
            long step = clock.get(i) - clock.get(i - 1) & (1L << 33) - 1;
            assertTrue(step > 0 && step <= 9_000, "from " + clock.get(i - 1) + " to " + clock.get(i));
        }
    }

    private static List<Long> clock(List<Packet> packets) {
        return packets.stream()
                .map(Packet::pcr)
                .filter(pcr -> pcr >= 0)
                .map(pcr -> pcr / 300)
                .toList();
    }

    private static List<AccessUnit> randomSegment(SplittableRandom random, List<Track> tracks, long start90k) {
        List<AccessUnit> units = new ArrayList<>();
        long samples = start90k * 48_000 / 90_000;
        int count = random.nextInt(1, 60);
        int largest = 1 << random.nextInt(1, 19);
        for (int i = 0; i < count; i++) {
            Track track = tracks.get(i == 0 ? 0 : random.nextInt(tracks.size()));
            if (track.isAudio()) {
                units.add(audio(samples / 1024, 1 + random.nextInt(Math.min(largest, 8000))));
                samples += 1024;
            } else {
                int size = Math.min(300_000, 1 + random.nextInt(largest));
                long dts90k = start90k + i * 3600L;
                units.add(i == 0 ? idr(dts90k, 0, size) : slice(dts90k, 3600 * random.nextInt(3), size));
            }
        }
        return units;
    }

    private static void assertPayloads(List<AccessUnit> units, List<Pes> pes) {
        List<Bytes> video = pes.stream()
                .filter(unit -> unit.pid() == 0x100)
                .map(TsSegmentMuxerTest::avcPayload)
                .toList();
        List<AccessUnit> sent =
                units.stream().filter(unit -> unit.trackId() == Track.VIDEO).toList();
        assertEquals(sent.stream().map(AccessUnit::payload).toList(), video);
        List<Long> expected = sent.stream()
                .map(unit -> unit.pts90k() + OFFSET_90K & (1L << 33) - 1)
                .toList();
        assertEquals(
                expected,
                pes.stream().filter(unit -> unit.pid() == 0x100).map(Pes::pts).toList());
        Bytes frames = Bytes.concat(pes.stream()
                .filter(unit -> unit.pid() == 0x110)
                .map(Pes::payload)
                .toArray(Bytes[]::new));
        int at = 0;
        for (AccessUnit unit : units) {
            if (unit.trackId() == Track.AUDIO) {
                assertEquals(0xFFF1, frames.u16(at), "ADTS sync");
                int length = frames.u24(at + 3) >> 5 & 0x1FFF;
                assertEquals(unit.payload(), frames.slice(at + 7, length - 7));
                at += length;
            }
        }
        assertEquals(frames.length(), at);
    }

    /** The payload in length-prefixed form, without what the muxer put in front. */
    private static Bytes avcPayload(Pes pes) {
        Bytes added = Hex.bytes("00000001 09f0");
        Bytes sets = Hex.bytes("00000001" + SPS + "00000001" + PPS);
        Bytes rest = pes.payload().slice(added.length());
        Bytes unit = rest.startsWith(sets) ? rest.slice(sets.length()) : rest;
        assertEquals(1, unit.i32(0), "start code");
        return Bytes.concat(length(unit.length() - 4), unit.slice(4));
    }

    private static Bytes length(int length) {
        return new ByteWriter().u32(length).bytes();
    }

    static AccessUnit idr(long dts90k, int cts90k, int size) {
        return new AccessUnit(Track.VIDEO, dts90k, cts90k, true, nal(0x65, size));
    }

    static AccessUnit slice(long dts90k, int cts90k, int size) {
        return new AccessUnit(Track.VIDEO, dts90k, cts90k, false, nal(0x41, size));
    }

    static AccessUnit audio(long frame, int size) {
        byte[] payload = new byte[size];
        new SplittableRandom(frame).nextBytes(payload);
        return new AccessUnit(Track.AUDIO, Timebase.ofSamples(frame * 1024, 48_000), 0, true, Bytes.wrap(payload));
    }

    /** A NAL unit without start codes in it. */
    private static Bytes nal(int header, int size) {
        byte[] payload = new byte[size];
        SplittableRandom random = new SplittableRandom(size);
        for (int i = 0; i < size; i++) {
            payload[i] = (byte) random.nextInt(1, 256);
        }
        payload[0] = (byte) header;
        return Bytes.concat(length(size), Bytes.wrap(payload));
    }

    static Mark mark(long start90k, long discontinuities) {
        TimelineRecord record = new TimelineRecord(
                Bytes.wrap(new byte[16]), 0, 4 * Timebase.HZ, Timebase.HZ, List.of("ts"), true, TimelineRecord.LAYOUT);
        return new Mark(record, Mark.Kind.CUT, 7, start90k, discontinuities, 0, List.of(), List.of());
    }

    private TsSegmentReader segment(TsSegmentMuxer muxer, Mark mark, List<AccessUnit> units) {
        return new TsSegmentReader(bytes(muxer, mark, units)).assertCompleteCycles();
    }

    private Bytes bytes(TsSegmentMuxer muxer, Mark mark, List<AccessUnit> units) {
        out.reset();
        muxer.begin(this::collect, mark);
        units.forEach(muxer::write);
        muxer.finish();
        return out.bytes();
    }

    private void collect(byte[] array, int offset, int length) {
        out.bytes(array, offset, length);
    }
}

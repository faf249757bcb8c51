package lancaster.mpegts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.kit.Hex;
import lancaster.media.AccessUnit;
import lancaster.media.CodecConfig.HevcConfig;
import lancaster.media.Track;
import lancaster.mpegts.TsSegmentReader.Packet;
import lancaster.mpegts.TsSegmentReader.Pes;
import org.junit.jupiter.api.Test;

class TsStreamMuxerTest {
    private static final Track VIDEO = TsSegmentMuxerTest.VIDEO;
    private static final Track AUDIO = TsSegmentMuxerTest.AUDIO;
    private static final long OFFSET_90K = 126_000;
    private static final long LEAD_90K = 45_000;

    private final TsStreamMuxer mux = new TsStreamMuxer();
    private final List<byte[]> written = new ArrayList<>();

    private TsSegmentReader read() {
        return new TsSegmentReader(
                Bytes.concat(written.stream().map(Bytes::wrap).toArray(Bytes[]::new)));
    }

    private byte[] room(int packets) {
        byte[] room = new byte[packets * TsStreamMuxer.PACKET_BYTES];
        written.add(room);
        return room;
    }

    private void writeTables() {
        mux.writeTables(room(2), 0);
    }

    private void writeClock(long timeNs) {
        mux.writeClock(timeNs, room(1), 0);
    }

    /** Writes a unit, its first packet with the clock. */
    private void write(AccessUnit unit, long timeNs) {
        TsUnit waiting = mux.unit(unit).orElseThrow();
        mux.begin(waiting);
        int expected = waiting.packets();
        mux.write(waiting, timeNs, room(1), 0);
        while (mux.packetsLeft(waiting) > 0) {
            mux.write(waiting, TsStreamMuxer.NO_CLOCK, room(1), 0);
            expected--;
        }
        assertTrue(expected == 1 || expected == 0, "the clock may make it one packet more");
    }

    @Test
    void writesTheSamePesPacketsAsSegmentsDo() {
        mux.configure(List.of(AUDIO, VIDEO));
        writeTables();
        write(TsSegmentMuxerTest.idr(0, 3600, 5000), 0);
        write(TsSegmentMuxerTest.audio(0, 300), TsStreamMuxer.NO_CLOCK);
        write(TsSegmentMuxerTest.slice(3600, 0, 900), TsStreamMuxer.NO_CLOCK);
        TsSegmentReader stream = read();
        assertEquals(new TsSegmentReader.Program(0, 0x100, Map.of(0x100, 0x1B, 0x110, 0x0F)), stream.program());
        List<Pes> pes = stream.pes();
        assertEquals(List.of(0x100, 0x110, 0x100), pes.stream().map(Pes::pid).toList());
        assertEquals(OFFSET_90K + 3600, pes.get(0).pts());
        assertEquals(OFFSET_90K, pes.get(0).dts());
        assertTrue(pes.get(0).randomAccess()
                && pes.get(1).randomAccess()
                && !pes.get(2).randomAccess());
        assertTrue(pes.get(0).payload().startsWith(Hex.bytes("00000001 09f0 00000001 67")));
        assertTrue(pes.get(1).payload().startsWith(Hex.bytes("fff1")));
        assertTrue(pes.get(2).payload().startsWith(Hex.bytes("00000001 09f0 00000001 41")));
    }

    @Test
    void cutsTracksPacketByPacketSideBySide() {
        mux.configure(List.of(AUDIO, VIDEO));
        TsUnit picture = mux.unit(TsSegmentMuxerTest.idr(0, 0, 1000)).orElseThrow();
        TsUnit sound = mux.unit(TsSegmentMuxerTest.audio(0, 300)).orElseThrow();
        mux.begin(picture);
        mux.write(picture, 0, room(1), 0);
        mux.begin(sound);
        while (mux.packetsLeft(picture) + mux.packetsLeft(sound) > 0) {
            for (TsUnit unit : List.of(sound, picture)) {
                if (mux.packetsLeft(unit) > 0) {
                    mux.write(unit, TsStreamMuxer.NO_CLOCK, room(1), 0);
                }
            }
        }
        List<Packet> packets = read().packets();
        assertEquals(List.of(0x100, 0x110, 0x100, 0x110, 0x100), pids(packets).subList(0, 5));
        assertEquals(2, read().pes().size());
    }

    @Test
    void refusesToBeginWhereAUnitIsNotThrough() {
        mux.configure(List.of(VIDEO));
        TsUnit unit = mux.unit(TsSegmentMuxerTest.idr(0, 0, 1000)).orElseThrow();
        mux.begin(unit);
        mux.write(unit, 0, room(1), 0);
        assertThrows(IllegalStateException.class, () -> mux.begin(unit));
    }

    @Test
    void tellsTheMomentOfDepartureIn27MHz() {
        mux.configure(List.of(VIDEO));
        writeClock(1_000_001);
        writeClock(1_000_040);
        writeClock(-100_000_000);
        List<Packet> packets = read().packets();
        long zero27m = (OFFSET_90K - LEAD_90K) * 300;
        assertEquals(
                List.of(zero27m + 27_000, zero27m + 27_001, zero27m - 2_700_000),
                packets.stream().map(Packet::pcr).toList());
        assertTrue(packets.stream().allMatch(packet -> packet.payload().isEmpty()));
    }

    @Test
    void wrapsTheClockAt33BitsOf90kHz() {
        mux.configure(List.of(VIDEO));
        long wrapNs = ((1L << 33) - OFFSET_90K + LEAD_90K) * 100_000 / 9;
        writeClock(wrapNs - 1_000);
        writeClock(wrapNs + 1_000);
        List<Packet> packets = read().packets();
        assertTrue((1L << 33) * 300 - packets.get(0).pcr() <= 28, packets::toString);
        assertTrue(packets.get(1).pcr() <= 28, packets::toString);
    }

    @Test
    void announcesAJumpOfTheClockOnce() {
        mux.configure(List.of(VIDEO));
        writeClock(0);
        mux.onClockJump();
        TsUnit unit = mux.unit(TsSegmentMuxerTest.idr(0, 0, 1000)).orElseThrow();
        mux.begin(unit);
        mux.write(unit, TsStreamMuxer.NO_CLOCK, room(1), 0);
        mux.write(unit, 5, room(1), 0);
        writeClock(10);
        List<Boolean> jumps =
                read().packets().stream().map(Packet::discontinuity).toList();
        assertEquals(List.of(false, false, true, false), jumps);
    }

    @Test
    void countsOnThroughChangesOfTracksAndNumbersTheProgram() {
        assertTrue(mux.configure(List.of(VIDEO, AUDIO)));
        writeTables();
        write(TsSegmentMuxerTest.idr(0, 0, 100), 0);
        assertFalse(mux.configure(List.of(AUDIO, VIDEO)), "the same program");
        assertTrue(mux.configure(List.of(AUDIO)));
        assertEquals(Track.AUDIO, mux.clockTrack());
        writeTables();
        writeClock(0);
        assertTrue(mux.configure(List.of(VIDEO, AUDIO)));
        writeTables();
        write(TsSegmentMuxerTest.idr(3600, 0, 100), 0);
        List<Packet> packets = read().packets();
        assertEquals(List.of(0, 0x1000, 0x100, 0, 0x1000, 0x110, 0, 0x1000, 0x100), pids(packets));
        assertEquals(
                List.of(0, 0, 0, 1, 1, -1 & 15, 2, 2, 1),
                packets.stream().map(Packet::counter).toList());
        List<Integer> versions = packets.stream()
                .filter(packet -> packet.pid() == 0x1000)
                .map(packet -> packet.payload().u8(6) >> 1 & 31)
                .toList();
        assertEquals(List.of(0, 1, 2), versions);
        assertFalse(mux.configure(List.of()), "without tracks the program stays as it was");
        assertFalse(mux.isConfigured());
    }

    @Test
    void makesNoUnitOfWhatHasNoContentOrNoTrackAndRefusesWhatIsMalformed() {
        mux.configure(List.of(AUDIO));
        assertTrue(mux.unit(TsSegmentMuxerTest.idr(0, 0, 100)).isEmpty());
        assertTrue(
                mux.unit(new AccessUnit(Track.AUDIO, 0, 0, true, Bytes.EMPTY)).isEmpty());
        AccessUnit tooLong = new AccessUnit(Track.AUDIO, 0, 0, true, Bytes.wrap(new byte[8185]));
        assertThrows(ProtocolException.class, () -> mux.unit(tooLong));
        mux.configure(List.of(VIDEO));
        AccessUnit broken = new AccessUnit(Track.VIDEO, 0, 0, false, Hex.bytes("00000009 41"));
        assertThrows(ProtocolException.class, () -> mux.unit(broken));
        Track hevc = new Track(Track.VIDEO, new HevcConfig(Bytes.EMPTY));
        assertThrows(ProtocolException.class, () -> mux.configure(List.of(hevc)));
    }

    @Test
    void writesNullPackets() {
        TsStreamMuxer.writeNull(room(1), 0);
        Packet packet = read().packets().get(0);
        assertEquals(0x1FFF, packet.pid());
        assertEquals(184, packet.payload().length());
    }

    private static List<Integer> pids(List<Packet> packets) {
        return packets.stream().map(Packet::pid).toList();
    }
}

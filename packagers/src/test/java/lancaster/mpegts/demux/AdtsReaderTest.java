package lancaster.mpegts.demux;

import static lancaster.mpegts.demux.TsBuilder.AUDIO_PID;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.codec.aac.Adts;
import lancaster.codec.aac.AudioSpecificConfig;
import lancaster.media.AccessUnit;
import lancaster.media.MediaEvent;
import lancaster.media.Track;
import lancaster.media.TrackConfigured;
import org.junit.jupiter.api.Test;

/** AAC in PES packets, as multiplexers cut it, and with parts missing. */
class AdtsReaderTest {
    private static final Bytes STEREO_48 = Bytes.of(0x11, 0x90);
    private static final Bytes STEREO_44 = Bytes.of(0x12, 0x10);
    /** Two channels, which only a program_config_element tells. */
    private static final Bytes LISTED = Bytes.of(0x11, 0x80, 0x04, 0xC4, 0x00, 0x00, 0x20, 0x00);

    private final TsBuilder ts = new TsBuilder().tables();

    private static Bytes raw(int fill) {
        byte[] raw = new byte[60 + fill];
        java.util.Arrays.fill(raw, (byte) fill);
        raw[0] = 0x21;
        return Bytes.wrap(raw);
    }

    private static Bytes frames(Bytes config, int... fills) {
        Adts adts = new Adts(AudioSpecificConfig.of(AudioSpecificConfig.parse(config)));
        ByteWriter out = new ByteWriter();
        for (int fill : fills) {
            byte[] header = new byte[adts.headerLength()];
            adts.writeHeader(raw(fill).length(), header, 0);
            out.bytes(header, 0, header.length).bytes(raw(fill));
        }
        return out.bytes();
    }

    private static TrackConfigured configured(Bytes record) {
        return new TrackConfigured(new Track(Track.AUDIO, AudioSpecificConfig.parse(record)));
    }

    private static AccessUnit frame(long dts90k, int fill) {
        return new AccessUnit(Track.AUDIO, dts90k, 0, true, raw(fill));
    }

    private Demuxed read() {
        return Demuxed.of(ts.bytes());
    }

    private void gives(MediaEvent... expected) {
        assertEquals(List.of(expected), read().events());
    }

    @Test
    void framesOfAPesPacketAreTimedBySamples() {
        ts.pes(AUDIO_PID, 9000, frames(STEREO_48, 1, 2, 3));
        gives(configured(STEREO_48), frame(9000, 1), frame(10_920, 2), frame(12_840, 3));
    }

    @Test
    void timesFollowEachPesPacket() {
        ts.pes(AUDIO_PID, 9000, frames(STEREO_44, 1, 2)).pes(AUDIO_PID, 13_179, frames(STEREO_44, 3, 4));
        gives(configured(STEREO_44), frame(9000, 1), frame(9000 + 2090, 2), frame(13_179, 3), frame(13_179 + 2090, 4));
    }

    @Test
    void aFrameThatGoesOnInTheNextPesPacketKeepsItsTime() {
        Bytes three = frames(STEREO_48, 1, 2, 3);
        for (int cut = 1; cut < three.length(); cut++) {
            TsBuilder cutStream = new TsBuilder().tables();
            int begunBefore = cut <= 68 ? 1 : cut <= 68 + 69 ? 2 : 3;
            cutStream.pes(AUDIO_PID, 9000, three.slice(0, cut));
            cutStream.pes(AUDIO_PID, 9000 + 1920L * begunBefore, three.slice(cut));
            assertEquals(
                    List.of(configured(STEREO_48), frame(9000, 1), frame(10_920, 2), frame(12_840, 3)),
                    Demuxed.of(cutStream.bytes()).events(),
                    "cut at " + cut);
        }
    }

    @Test
    void aChangeOfConfigurationIsTold() {
        ts.pes(AUDIO_PID, 9000, frames(STEREO_48, 1, 2)).pes(AUDIO_PID, 12_840, frames(STEREO_44, 3));
        gives(configured(STEREO_48), frame(9000, 1), frame(10_920, 2), configured(STEREO_44), frame(12_840, 3));
    }

    @Test
    void channelsThatAreListedInTheFramesBecomePartOfTheConfiguration() {
        ts.pes(AUDIO_PID, 9000, frames(LISTED, 1, 2));
        Demuxed read = read();
        assertEquals(configured(LISTED), read.events().get(0));
        assertEquals(List.of(frame(9000, 1), frame(10_920, 2)), read.units(Track.AUDIO));
    }

    @Test
    void whatPrecedesTheFirstFrameIsPassedOver() {
        Bytes tail = frames(STEREO_48, 9).slice(30);
        ts.pes(AUDIO_PID, 9000, Bytes.concat(tail, frames(STEREO_48, 1, 2)));
        gives(configured(STEREO_48), frame(9000, 1), frame(10_920, 2));
    }

    @Test
    void noiseBetweenFramesIsCounted() {
        Bytes noise = Bytes.wrap(new byte[40]);
        ts.pes(AUDIO_PID, 9000, Bytes.concat(frames(STEREO_48, 1, 2), noise));
        ts.pes(AUDIO_PID, 30_000, frames(STEREO_48, 3, 4));
        gives(configured(STEREO_48), frame(9000, 1), frame(10_920, 2), frame(30_000, 3), frame(31_920, 4));
        assertEquals(1, read().stats().faults().count(TsFault.AUDIO_SYNC));
    }

    @Test
    void framesWithoutAnyTimestampAreLeftOut() {
        ts.pes(AUDIO_PID, frames(STEREO_48, 1, 2)).pes(AUDIO_PID, 9000, frames(STEREO_48, 3));
        gives(configured(STEREO_48), frame(9000, 3));
        assertEquals(2, read().stats().faults().count(TsFault.MISSING_TIMESTAMP));
    }

    @Test
    void framesBehindALossWaitForATimestamp() {
        ts.pes(AUDIO_PID, 9000, frames(STEREO_48, 1, 2));
        Bytes cut = new TsBuilder()
                .pes(AUDIO_PID, 12_840, frames(STEREO_48, 3, 4, 5, 6, 7))
                .bytes();
        ts.raw(renumbered(cut.slice(188), 2)).lose(AUDIO_PID, 3);
        ts.pes(AUDIO_PID, 22_440, frames(STEREO_48, 8, 9));
        List<AccessUnit> units = read().units(Track.AUDIO);
        assertEquals(List.of(frame(9000, 1), frame(10_920, 2), frame(22_440, 8), frame(24_360, 9)), units);
        assertTrue(read().stats().faults().count(TsFault.DAMAGED_ACCESS_UNIT) > 0);
    }

    /** Packets with their continuity counters counted from {@code first}. */
    private static Bytes renumbered(Bytes packets, int first) {
        byte[] array = packets.toArray();
        for (int i = 0; i < array.length / 188; i++) {
            array[i * 188 + 3] = (byte) ((array[i * 188 + 3] & 0xF0) | ((first + i) & 15));
        }
        return Bytes.wrap(array);
    }

    @Test
    void anyLengthOfFramesAndAnyCutOfPesPacketsGivesTheSame() {
        Bytes all = frames(STEREO_48, 1, 5, 9, 2, 30, 90, 3);
        List<MediaEvent> expected = new ArrayList<>();
        for (int size = 20; size < all.length(); size += 13) {
            TsBuilder cut = new TsBuilder().tables().pes(AUDIO_PID, 9000, all.slice(0, size));
            // Without times of their own: those of the first count on.
            for (int at = size; at < all.length(); at += size) {
                cut.pes(AUDIO_PID, all.slice(at, Math.min(size, all.length() - at)));
            }
            List<MediaEvent> events = Demuxed.of(cut.bytes()).events();
            expected = expected.isEmpty() ? events : expected;
            assertEquals(expected, events, "pieces of " + size);
        }
        assertEquals(8, expected.size());
    }
}

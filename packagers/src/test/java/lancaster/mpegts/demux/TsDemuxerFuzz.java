package lancaster.mpegts.demux;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.List;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.codec.avc.NalUnits;
import lancaster.media.AccessUnit;
import lancaster.media.MediaEvent;
import lancaster.media.Track;

/** Any bytes give well-formed events or nothing. */
class TsDemuxerFuzz {
    @FuzzTest(maxDuration = "1m")
    void bytes(byte[] input) {
        check(Bytes.wrap(input));
    }

    /** Packets with a right header of a few PIDs, behind right tables: what fuzzers find hard to guess. */
    @FuzzTest(maxDuration = "1m")
    void payloads(byte[] input) {
        TsBuilder ts = new TsBuilder().tables();
        int[] pids = {0, TsBuilder.PMT_PID, TsBuilder.VIDEO_PID, TsBuilder.AUDIO_PID};
        for (int at = 0; at + 1 < input.length; ) {
            int kind = input[at] & 0xFF;
            int length = Math.min(1 + (input[at + 1] & 0xFF) % 184, input.length - at - 1);
            byte[] payload = new byte[length];
            System.arraycopy(input, at + 1, payload, 0, length);
            ts.packet(pids[kind & 3], (kind & 4) != 0, Bytes.wrap(payload), (kind & 24) == 24, (kind & 32) != 0);
            at += 1 + length;
        }
        check(ts.bytes());
    }

    /** Sections with right check sums. */
    @FuzzTest(maxDuration = "1m")
    void sections(byte[] input) {
        int half = Math.min(input.length, 300) / 2;
        Bytes all = Bytes.wrap(input);
        TsBuilder ts = new TsBuilder();
        ts.section(0, TsBuilder.section(0, 1, 0, new ByteWriter().bytes(all.slice(0, half))));
        ts.pat(1, TsBuilder.PMT_PID);
        ts.section(TsBuilder.PMT_PID, TsBuilder.section(2, 1, 0, new ByteWriter().bytes(all.slice(half, half))));
        ts.tables();
        check(ts.bytes());
    }

    /** An elementary stream of video in PES packets of any size. */
    @FuzzTest(maxDuration = "1m")
    void pictures(byte[] input) {
        TsBuilder ts = new TsBuilder().tables();
        Bytes all = Bytes.concat(
                AvcSamples.stream(AvcSamples.AUD, AvcSamples.SPS, AvcSamples.PPS, AvcSamples.idr(1)),
                Bytes.wrap(input),
                AvcSamples.stream(AvcSamples.AUD, AvcSamples.AUD));
        int size = input.length == 0 ? 100 : 20 + (input[0] & 0xFF);
        for (int at = 0; at < all.length(); at += size) {
            ts.pes(TsBuilder.VIDEO_PID, at, all.slice(at, Math.min(size, all.length() - at)));
        }
        check(ts.bytes());
    }

    private static void check(Bytes stream) {
        List<MediaEvent> events = new ArrayList<>(Demuxed.of(stream).events());
        for (MediaEvent event : events) {
            if (event instanceof AccessUnit unit && unit.trackId() == Track.VIDEO) {
                if (!NalUnits.hasSlice(unit.payload())) {
                    throw new AssertionError("a picture without a slice");
                }
                for (NalUnits units = new NalUnits(unit.payload()); units.next(); ) {
                    if (units.length() == 0) {
                        throw new AssertionError("an empty NAL unit");
                    }
                }
            } else if (event instanceof AccessUnit unit && unit.payload().isEmpty()) {
                throw new AssertionError("an empty frame");
            }
        }
    }
}

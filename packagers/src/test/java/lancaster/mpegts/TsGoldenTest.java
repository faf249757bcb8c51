package lancaster.mpegts;

import static lancaster.kit.GoldenFile.assertGolden;

import lancaster.bytes.ByteWriter;
import lancaster.kit.SampleStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TsGoldenTest {
    @ParameterizedTest
    @ValueSource(strings = {"avc-aac", "avc-bframes-aac", "avc-only", "aac-only"})
    void writesSegmentsOfAnEncodersStream(String name) {
        SampleStream stream = new SampleStream(name, 0);
        TsSegmentMuxer muxer = new TsSegmentMuxer(stream.tracks());
        StringBuilder dump = new StringBuilder();
        for (SampleStream.Segment segment : stream.segments()) {
            ByteWriter out = new ByteWriter();
            muxer.begin(out::bytes, segment.mark());
            segment.units().forEach(muxer::write);
            muxer.finish();
            dump.append("segment ").append(segment.mark().number()).append(": ");
            dump.append(TsDump.of(new TsSegmentReader(out.bytes()).assertCompleteCycles()));
        }
        assertGolden("mpegts/" + name + ".txt", dump.toString());
    }
}

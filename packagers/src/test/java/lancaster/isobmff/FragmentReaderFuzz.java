package lancaster.isobmff;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.kit.SampleStream;

/** Any bytes are a segment or refused. */
class FragmentReaderFuzz {
    private static final List<Mp4Track> TRACKS =
            InitSegmentReader.read(InitSegmentWriter.write(new SampleStream("avc-aac", 0).tracks()));

    @FuzzTest(maxDuration = "1m")
    void read(byte[] segment) {
        Bytes bytes = Bytes.copyOf(segment);
        try {
            new FragmentReader(InitSegmentReader.read(bytes)).read(bytes);
        } catch (ProtocolException refused) {
            // So it should.
        }
        try {
            new FragmentReader(TRACKS).read(bytes);
        } catch (ProtocolException refused) {
            // So it should.
        }
    }
}

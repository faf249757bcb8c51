package lancaster.flv;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.List;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;

/** Any file gives messages, and these give events, or it is refused. */
class FlvFileFuzz {
    @FuzzTest(maxDuration = "1m")
    void read(byte[] file) {
        check(Bytes.wrap(file));
    }

    static void check(Bytes file) {
        List<FlvMessage> messages = new ArrayList<>();
        try {
            new FlvFileReader(messages::add).read(file.buffer());
        } catch (ProtocolException refused) {
            EventChecks.checkScope(refused);
        }
        EventChecks.check(messages);
    }
}

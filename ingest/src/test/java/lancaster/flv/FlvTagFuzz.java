package lancaster.flv;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.List;
import lancaster.bytes.Bytes;

/** Any message to a publication that is configured gives events or a refusal of the stream. */
class FlvTagFuzz {
    @FuzzTest(maxDuration = "1m")
    void demux(byte[] input) {
        check(Bytes.wrap(input));
    }

    /** The first byte chooses what kind of message the others are. */
    static void check(Bytes input) {
        if (input.isEmpty()) {
            return;
        }
        int[] types = {FlvMessage.AUDIO, FlvMessage.VIDEO, FlvMessage.DATA, FlvMessage.DATA_AMF3};
        int type = types[input.u8(0) & 3];
        List<FlvMessage> messages = new ArrayList<>();
        messages.add(new FlvMessage(FlvMessage.VIDEO, 0, Samples.videoHeader(Samples.AVCC)));
        messages.add(new FlvMessage(FlvMessage.AUDIO, 0, Samples.audioHeader(Samples.ASC)));
        messages.add(new FlvMessage(type, 0xFFFF_FFF0L, input.slice(1)));
        messages.add(new FlvMessage(FlvMessage.VIDEO, 4, Samples.keyFrame(Samples.IDR)));
        EventChecks.check(messages);
    }
}

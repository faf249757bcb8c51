package lancaster.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.sdp.MulticastSession.Version;

/** Any bytes are a session or are refused with a reason; what is understood is understood again when we write it. */
class SdpFuzz {
    @FuzzTest
    void read(byte[] bytes) {
        try {
            MulticastSession session = SessionReader.read(SdpReader.read(Bytes.wrap(bytes)));
            String ours = SdpWriter.text(SessionWriter.describe(session, new Version("10.0.0.1", 1, 1)));
            MulticastSession again = SessionReader.read(SdpReader.read(ours));
            assertEquals(session.payload(), again.payload());
            assertEquals(session.legs().size(), again.legs().size());
        } catch (ProtocolException refused) {
            // With a reason.
        }
    }
}

package lancaster.sap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Optional;
import lancaster.bytes.Bytes;

/** Any datagram is an announcement of bounded size or none; what is read is read again when we write it. */
class SapFuzz {
    @FuzzTest
    void parse(byte[] datagram) {
        Optional<SapPacket> packet = SapPacket.parse(Bytes.wrap(datagram));
        packet.ifPresent(read -> {
            assertTrue(read.payload().length() <= Math.max(datagram.length, SapPacket.MAX_PAYLOAD + 255));
            Optional<SapPacket> again = SapPacket.parse(read.bytes());
            if (read.payloadType().equals(SapPacket.SDP)) {
                assertEquals(Optional.of(read), again);
            }
        });
    }
}

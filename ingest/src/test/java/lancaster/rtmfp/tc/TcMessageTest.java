package lancaster.rtmfp.tc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import lancaster.bytes.Bytes;
import lancaster.kit.Hex;
import lancaster.rtmp.chunk.RawMessage;
import lancaster.rtmp.message.RtmpMessage.UserControl;
import lancaster.rtmp.message.RtmpMessages;
import org.junit.jupiter.api.Test;

/** RTMP messages as flows carry them. */
class TcMessageTest {
    @Test
    void carriesTypeAndTimeBeforeThePayload() {
        RawMessage message = new RawMessage(9, 5, 0xFEDC_BA98L, Bytes.of(0x17, 1, 2));
        Bytes bytes = TcMessage.write(message);
        assertEquals(Hex.bytes("09 FE DC BA 98 17 01 02"), bytes);
        assertEquals(Optional.of(message), TcMessage.read(bytes, 5));
    }

    @Test
    void takesNothingFromWhatIsShorterThanAHeader() {
        Bytes bytes = TcMessage.write(new RawMessage(8, 1, 7, Bytes.EMPTY));
        assertEquals(Optional.of(new RawMessage(8, 1, 7, Bytes.EMPTY)), TcMessage.read(bytes, 1));
        for (int length = 0; length < bytes.length(); length++) {
            assertEquals(Optional.empty(), TcMessage.read(bytes.slice(0, length), 1));
        }
    }

    /** The bytes that MonaServer sends. */
    @Test
    void setsKeepaliveTimersAsServersDo() {
        UserControl timers = TcUserControl.keepaliveTimers(Duration.ofSeconds(15), Duration.ofSeconds(10));
        assertEquals(Hex.bytes("04 00000000 0029 00003A98 00002710"), TcMessage.write(RtmpMessages.write(timers)));
        assertEquals(Duration.ofSeconds(15), TcUserControl.serverKeepalive(timers));
        assertEquals(Duration.ofSeconds(10), TcUserControl.peerKeepalive(timers));
    }

    @Test
    void takesShortKeepaliveTimersForFiveSeconds() {
        UserControl timers = TcUserControl.keepaliveTimers(Duration.ofMillis(1), Duration.ofMillis(4_999));
        assertEquals(Duration.ofSeconds(5), TcUserControl.serverKeepalive(timers));
        assertEquals(Duration.ofSeconds(5), TcUserControl.peerKeepalive(timers));
    }
}

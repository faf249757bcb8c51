package lancaster.rtmfp.tc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.kit.Mutations;
import lancaster.kit.SimRunLoop;
import lancaster.rtmfp.flow.Priority;
import lancaster.rtmfp.flow.SendFlowListener;
import lancaster.rtmfp.packet.Vlu;
import lancaster.rtmp.message.RtmpMessage.UserControl;
import lancaster.rtmp.message.RtmpMessages;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes are a flow's metadata, a message and its user control, or are refused; what was read is written as it was. */
class TcFuzz {
    private static final List<Bytes> METADATA =
            List.of(FlowMetadata.CONTROL.bytes(), new FlowMetadata(-1, true).bytes(), metadata(6, 0x1_0000_0000L));
    private static final List<Bytes> MESSAGES = List.of(
            TcMessage.write(RtmpMessages.write(TcUserControl.flowSync(0xFFFF_FFFFL, 3))),
            TcMessage.write(
                    RtmpMessages.write(TcUserControl.keepaliveTimers(Duration.ofSeconds(15), Duration.ofDays(49)))));

    private static Bytes metadata(int flags, long streamId) {
        return Vlu.write(new ByteWriter().u8('T').u8('C').u8(flags), streamId).bytes();
    }

    @FuzzTest(maxDuration = "30s")
    void readMetadata(byte[] bytes) {
        checkMetadata(Bytes.copyOf(bytes));
    }

    @FuzzTest(maxDuration = "30s")
    void readMessage(byte[] bytes) {
        checkMessage(Bytes.copyOf(bytes));
    }

    @ParameterizedTest
    @MethodSource("lancaster.kit.Seeds#hundreds")
    void whatWasValidOnce(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 50; i++) {
            checkMetadata(Mutations.mutate(METADATA.get(i % METADATA.size()), random));
            checkMessage(Mutations.mutate(MESSAGES.get(i % MESSAGES.size()), random));
        }
    }

    private static void checkMetadata(Bytes bytes) {
        FlowMetadata.parse(bytes).ifPresent(metadata -> {
            Bytes written = metadata.bytes();
            assertEquals(metadata, FlowMetadata.parse(written).orElseThrow());
            // Numbers may have come with leading zeros, and what follows them isn't ours.
            assertTrue(written.length() <= bytes.length(), () -> written + " of " + bytes);
        });
    }

    private static void checkMessage(Bytes bytes) {
        TcMessage.read(bytes, 1).ifPresent(raw -> {
            assertEquals(bytes, TcMessage.write(raw));
            try {
                if (RtmpMessages.read(raw) instanceof UserControl control) {
                    checkControl(control);
                }
            } catch (ProtocolException refused) {
                assertTrue(refused.getMessage() != null);
            }
        });
    }

    private static void checkControl(UserControl control) {
        if (control.event() == TcUserControl.SET_KEEPALIVE_TIMERS) {
            assertTrue(TcUserControl.serverKeepalive(control).toSeconds() >= 5);
            assertTrue(TcUserControl.peerKeepalive(control).toSeconds() >= 5);
        } else if (control.event() == TcUserControl.FLOW_SYNC) {
            FakeSession far = new FakeSession(new SimRunLoop(), false);
            FlowSync sync = new FlowSync();
            FakeFlow flow =
                    new FakeFlow(2, Bytes.EMPTY, Priority.ROUTINE, far, Optional.empty(), SendFlowListener.NONE);
            sync.onMarker(flow, control.data());
            sync.onEnd(flow);
        }
    }
}

package lancaster.rtmfp.tc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import lancaster.bytes.Bytes;
import lancaster.kit.SimRunLoop;
import lancaster.rtmfp.flow.Priority;
import lancaster.rtmfp.flow.SendFlowListener;
import lancaster.rtmfp.flow.WriteOptions;
import lancaster.rtmp.chunk.RawMessage;
import lancaster.rtmp.message.MessageType;
import org.junit.jupiter.api.Test;

/** What of a stream goes in which flow, and what of it is given up. */
class StreamFlowsTest {
    private static final long NOW_NS = 1_000_000_000;

    private final FakeSession far = new FakeSession(new SimRunLoop(), false);
    private final Map<Priority, FakeFlow> opened = new EnumMap<>(Priority.class);
    private final StreamFlows flows = new StreamFlows(TcSettings.DEFAULTS, priority -> {
        FakeFlow flow = new FakeFlow(
                opened.size(), FlowMetadata.of(1).bytes(), priority, far, Optional.empty(), SendFlowListener.NONE);
        opened.put(priority, flow);
        return flow;
    });

    @Test
    void sendsSoundBeforePicturesBeforeData() {
        write(MessageType.COMMAND_AMF0, 2, 0);
        write(MessageType.AUDIO, 0xAF, 1);
        write(MessageType.VIDEO, 0x17, 1);
        write(MessageType.DATA_AMF0, 2, 0);
        assertEquals(20, opened.get(Priority.FLASH).queue.element().message.u8(0));
        assertEquals(8, opened.get(Priority.IMMEDIATE).queue.element().message.u8(0));
        assertEquals(9, opened.get(Priority.PRIORITY).queue.element().message.u8(0));
        assertEquals(18, opened.get(Priority.ROUTINE).queue.element().message.u8(0));
    }

    @Test
    void opensNoFlowThatIsNotNeeded() {
        write(MessageType.AUDIO, 0xAF, 1);
        assertEquals(1, opened.size());
    }

    @Test
    void givesDeadlinesToSoundAndPicturesThatNoOthersNeed() {
        assertEquals(WriteOptions.RELIABLE, write(MessageType.VIDEO, 0x17, 0).options);
        assertEquals(WriteOptions.RELIABLE, write(MessageType.VIDEO, 0x17, 1).options);
        assertEquals(WriteOptions.RELIABLE, write(MessageType.AUDIO, 0xAF, 0).options);
        assertEquals(WriteOptions.RELIABLE, write(MessageType.DATA_AMF0, 2, 0).options);
        assertEquals(
                NOW_NS + TcSettings.DEFAULTS.videoLifetime().toNanos(),
                write(MessageType.VIDEO, 0x27, 1).options.finishByNs());
        assertEquals(
                NOW_NS + TcSettings.DEFAULTS.audioLifetime().toNanos(),
                write(MessageType.AUDIO, 0xAF, 1).options.startByNs());
    }

    @Test
    void givesUpWithAPictureAllThatLeanOnIt() {
        write(MessageType.VIDEO, 0x17, 1);
        FakeFlow.Written first = write(MessageType.VIDEO, 0x27, 1);
        FakeFlow.Written second = write(MessageType.VIDEO, 0x27, 1);
        first.abandon();
        assertEquals(FakeFlow.Written.Outcome.ABANDONED, second.outcome());
        int queued = video().queue.size();
        flows.write(raw(MessageType.VIDEO, 0x27, 1), Bytes.of(1), NOW_NS);
        assertEquals(queued, video().queue.size());
        assertEquals(3, flows.droppedMessages());
        write(MessageType.VIDEO, 0x17, 1);
        write(MessageType.VIDEO, 0x27, 1);
        assertEquals(queued + 2, video().queue.size());
        assertEquals(3, flows.droppedMessages());
    }

    @Test
    void keepsTheNextGroupThoughPicturesOfTheLastAreGivenUp() {
        write(MessageType.VIDEO, 0x17, 1);
        FakeFlow.Written late = write(MessageType.VIDEO, 0x27, 1);
        write(MessageType.VIDEO, 0x17, 1);
        FakeFlow.Written next = write(MessageType.VIDEO, 0x27, 1);
        late.abandon();
        assertEquals(FakeFlow.Written.Outcome.PENDING, next.outcome());
    }

    @Test
    void sendsAllInOneFlowWhereOrderCounts() {
        for (RawMessage raw : new RawMessage[] {
            raw(MessageType.DATA_AMF0, 2, 0), raw(MessageType.AUDIO, 0xAF, 1), raw(MessageType.VIDEO, 0x17, 1)
        }) {
            flows.writeInOrder(TcMessage.write(raw));
        }
        assertEquals(1, opened.size());
        assertEquals(3, video().queue.size());
    }

    @Test
    void countsWhatHasNotArrived() {
        write(MessageType.VIDEO, 0x17, 1);
        write(MessageType.AUDIO, 0xAF, 1);
        assertEquals(2 * (TcMessage.HEADER_BYTES + 2), flows.bufferedBytes());
        flows.close();
        assertTrue(opened.values().stream().noneMatch(FakeFlow::isOpen));
    }

    private FakeFlow video() {
        return opened.get(Priority.PRIORITY);
    }

    private FakeFlow.Written write(int typeId, int first, int second) {
        RawMessage raw = raw(typeId, first, second);
        flows.write(raw, TcMessage.write(raw), NOW_NS);
        Priority priority =
                switch (typeId) {
                    case MessageType.AUDIO -> Priority.IMMEDIATE;
                    case MessageType.VIDEO -> Priority.PRIORITY;
                    case MessageType.DATA_AMF0 -> Priority.ROUTINE;
                    default -> Priority.FLASH;
                };
        return opened.get(priority).queue.getLast();
    }

    private static RawMessage raw(int typeId, int first, int second) {
        return new RawMessage(typeId, 1, 0, Bytes.of(first, second));
    }
}

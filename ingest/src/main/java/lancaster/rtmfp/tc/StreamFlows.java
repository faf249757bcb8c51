package lancaster.rtmfp.tc;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import lancaster.bytes.Bytes;
import lancaster.rtmfp.flow.Priority;
import lancaster.rtmfp.flow.Receipt;
import lancaster.rtmfp.flow.SendFlow;
import lancaster.rtmfp.flow.WriteOptions;
import lancaster.rtmp.chunk.RawMessage;
import lancaster.rtmp.message.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * The sending flows of one message stream (RFC 7425 §5.1): commands first, then sound, pictures, data. Each is opened with
 * its first message. Sound and pictures that come too late are given up, and with a picture all that lean on it.
 */
final class StreamFlows {
    private final TcSettings settings;
    private final Function<Priority, SendFlow> opener;
    private @Nullable SendFlow commands;
    private @Nullable SendFlow audio;
    private @Nullable SendFlow video;
    private @Nullable SendFlow data;
    /** Pictures behind the last key frame that are under way. */
    private final Deque<Receipt> group = new ArrayDeque<>();
    /** Whether a picture of this group was given up. */
    private boolean broken;

    private boolean audioSentOnce;

    private long droppedMessages;

    /** @param opener opens a flow of this stream */
    StreamFlows(TcSettings settings, Function<Priority, SendFlow> opener) {
        this.settings = settings;
        this.opener = opener;
    }

    /** @param message {@code raw} as flows carry it, which others may send too */
    void write(RawMessage raw, Bytes message, long nowNs) {
        switch (raw.typeId()) {
            case MessageType.AUDIO -> writeAudio(Worth.of(raw), message, nowNs);
            case MessageType.VIDEO -> writeVideo(Worth.of(raw), message, nowNs);
            case MessageType.DATA_AMF0, MessageType.DATA_AMF3 -> {
                data = data == null ? opener.apply(Priority.ROUTINE) : data;
                data.write(message);
            }
            default -> {
                commands = commands == null ? opener.apply(Priority.FLASH) : commands;
                commands.write(message);
            }
        }
    }

    /** In one flow with all other media that is written so, and nothing of it is given up: it was asked for as a whole. */
    void writeInOrder(Bytes message) {
        video().write(message);
    }

    /** Pictures that were given up. */
    long droppedMessages() {
        return droppedMessages;
    }

    /** Not yet acknowledged. */
    long bufferedBytes() {
        return buffered(commands) + buffered(audio) + buffered(video) + buffered(data);
    }

    /** Ends the flows once what was written has arrived. */
    void close() {
        for (SendFlow flow : new SendFlow[] {commands, audio, video, data}) {
            if (flow != null) {
                flow.close();
            }
        }
    }

    /** Whether sound that gets lost is sent again, from now on. */
    void audioReliable(boolean reliable) {
        audioSentOnce = !reliable;
    }

    private WriteOptions sound(long nowNs) {
        WriteOptions options = until(nowNs + settings.audioLifetime().toNanos());
        return audioSentOnce ? options.once() : options;
    }

    private void writeAudio(Worth worth, Bytes message, long nowNs) {
        audio = audio == null ? opener.apply(Priority.IMMEDIATE) : audio;
        audio.write(message, worth == Worth.SOUND ? sound(nowNs) : WriteOptions.RELIABLE);
    }

    private void writeVideo(Worth worth, Bytes message, long nowNs) {
        SendFlow flow = video();
        switch (worth) {
            case INTER -> writeInter(flow, message, nowNs);
            case KEY -> {
                group.clear();
                broken = false;
                flow.write(message);
            }
            default -> flow.write(message);
        }
    }

    private void writeInter(SendFlow flow, Bytes message, long nowNs) {
        if (broken) {
            droppedMessages++;
            return;
        }
        Receipt receipt =
                flow.write(message, until(nowNs + settings.videoLifetime().toNanos()));
        group.add(receipt);
        receipt.onOutcome(() -> onOutcome(receipt));
    }

    private void onOutcome(Receipt receipt) {
        if (group.remove(receipt) && receipt.outcome() == Receipt.Outcome.ABANDONED) {
            droppedMessages++;
            giveUpGroup();
        }
    }

    private void giveUpGroup() {
        broken = true;
        Receipt next = group.poll();
        while (next != null) {
            droppedMessages++;
            next.abandon();
            next = group.poll();
        }
    }

    private SendFlow video() {
        video = video == null ? opener.apply(Priority.PRIORITY) : video;
        return video;
    }

    private static WriteOptions until(long deadlineNs) {
        return new WriteOptions(deadlineNs, deadlineNs);
    }

    private static long buffered(@Nullable SendFlow flow) {
        return flow == null ? 0 : flow.bufferedBytes();
    }
}

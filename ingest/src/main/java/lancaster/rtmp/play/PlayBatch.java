package lancaster.rtmp.play;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Messages of a stream that are played together, encoded at most once for all who get the same of them. One that a viewer
 * can begin with begins with the random access point. Owner: the loop of its {@link FanOut}.
 */
public final class PlayBatch {
    private final ChunkMemory memory;
    private final List<PlayMessage> messages;
    private final List<PlayMessage> opening;
    private final int openingVersion;
    private final int version;
    private final long bornNs;
    private final int kinds;
    private final int bytes;
    /** Those on the usual message stream, by the kinds and whether they are opened. */
    private final @Nullable EncodedBatch[] encoded =
            new EncodedBatch[2 * (PlayMessage.MEDIA | PlayMessage.MARKS | PlayMessage.GAP) + 2];

    /** Its number on the reel, and how many messages come before it. */
    private long sequence;

    private long messagesBefore;

    /**
     * @param messages not empty
     * @param opening what must be sent before for somebody who begins here; nothing if nobody can
     * @param openingVersion which configurations and metadata these are
     * @param version which are known to who has seen it all
     * @param bornNs when its first message came
     */
    PlayBatch(
            ChunkMemory memory,
            List<PlayMessage> messages,
            List<PlayMessage> opening,
            int openingVersion,
            int version,
            long bornNs) {
        this.memory = memory;
        this.messages = messages;
        this.opening = opening;
        this.openingVersion = openingVersion;
        this.version = version;
        this.bornNs = bornNs;
        this.kinds = messages.stream().mapToInt(PlayMessage::kind).reduce(0, (a, b) -> a | b);
        this.bytes = messages.stream()
                .mapToInt(message -> message.raw().payload().length())
                .sum();
    }

    /** Whether a viewer can begin with it. */
    public boolean isEntry() {
        return !opening.isEmpty();
    }

    /** Whether a segment begins with it. */
    boolean hasMark() {
        return (kinds & PlayMessage.MARKS) != 0;
    }

    /** Which configurations and metadata a viewer needs who begins here. */
    int openingVersion() {
        return openingVersion;
    }

    /** Which configurations and metadata a viewer knows behind it. */
    int version() {
        return version;
    }

    /** The time of its first message. */
    long beginMs() {
        return messages.get(0).raw().timestampMs();
    }

    public long bornNs() {
        return bornNs;
    }

    int bytes() {
        return bytes;
    }

    int count() {
        return messages.size();
    }

    long sequence() {
        return sequence;
    }

    long messagesBefore() {
        return messagesBefore;
    }

    void place(long newSequence, long newMessagesBefore) {
        sequence = newSequence;
        messagesBefore = newMessagesBefore;
    }

    /** Those of the wanted kinds; {@code opened}: with what somebody needs who begins here. */
    public List<PlayMessage> messages(int wanted, boolean opened) {
        Stream<PlayMessage> all = opened ? Stream.concat(opening.stream(), messages.stream()) : messages.stream();
        return all.filter(message -> (message.kind() & wanted) != 0).toList();
    }

    /** The same as chunks on that message stream. Retained for the caller. */
    EncodedBatch encoded(int wanted, boolean opened, int messageStreamId) {
        if (messageStreamId != PlayMessage.MESSAGE_STREAM) {
            return EncodedBatch.of(memory, messages(wanted, opened), messageStreamId);
        }
        int which = opened ? 2 * wanted + 1 : 2 * (wanted & kinds);
        EncodedBatch known = encoded[which];
        if (known == null) {
            known = EncodedBatch.of(memory, messages(wanted, opened), messageStreamId);
            encoded[which] = known;
        }
        known.chunks().retain();
        return known;
    }

    /** It is on the reel no more. */
    void release() {
        for (int i = 0; i < encoded.length; i++) {
            EncodedBatch known = encoded[i];
            if (known != null) {
                known.chunks().release();
                encoded[i] = null;
            }
        }
    }
}

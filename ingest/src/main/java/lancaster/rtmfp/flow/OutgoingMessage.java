package lancaster.rtmfp.flow;

import java.util.Optional;
import lancaster.bytes.Bytes;

/** A message on its way out (RFC 7016 §3.6.2.2), and its writer's receipt. */
final class OutgoingMessage implements Receipt {
    private final OutgoingFlow flow;
    private final WriteOptions options;
    private Bytes data;
    private int cutBytes;
    private boolean cut;
    private int unacknowledged;
    private long unacknowledgedBytes;
    private Outcome outcome = Outcome.PENDING;
    private Optional<Runnable> whenDecided = Optional.empty();

    OutgoingMessage(OutgoingFlow flow, Bytes data, WriteOptions options) {
        this.flow = flow;
        this.data = data;
        this.options = options;
        this.unacknowledgedBytes = data.length();
    }

    /** One that only takes a sequence number, such as for a FIN of its own. */
    static OutgoingMessage placeholder(OutgoingFlow flow) {
        OutgoingMessage message = new OutgoingMessage(flow, Bytes.EMPTY, WriteOptions.RELIABLE);
        message.outcome = Outcome.ABANDONED;
        return message;
    }

    /** Whether a fragment of it was made. */
    boolean isCut() {
        return cut;
    }

    boolean isAbandoned() {
        return outcome == Outcome.ABANDONED;
    }

    boolean isSentOnce() {
        return options.sentOnce();
    }

    int remainingBytes() {
        return data.length() - cutBytes;
    }

    /** Of what the far end has not acknowledged. */
    long bufferedBytes() {
        return unacknowledgedBytes;
    }

    /** The next fragment's data; the message is cut to its end when nothing remains. */
    Bytes cut(int bytes) {
        Bytes piece = data.slice(cutBytes, bytes);
        cut = true;
        cutBytes += bytes;
        unacknowledged++;
        return piece;
    }

    /** The far end has a fragment of so many bytes; true if that was the last. */
    boolean acknowledged(int bytes) {
        unacknowledged--;
        unacknowledgedBytes -= bytes;
        return unacknowledged == 0 && remainingBytes() == 0 && outcome == Outcome.PENDING;
    }

    /** When to look whether it has expired; {@link WriteOptions#NEVER} if it can't any more. */
    long nextDeadlineNs() {
        if (outcome != Outcome.PENDING) {
            return WriteOptions.NEVER;
        }
        return cut ? options.finishByNs() : Math.min(options.startByNs(), options.finishByNs());
    }

    void decide(Outcome decided) {
        outcome = decided;
        data = Bytes.EMPTY;
        cutBytes = 0;
        whenDecided.ifPresent(Runnable::run);
        whenDecided = Optional.empty();
    }

    @Override
    public Outcome outcome() {
        return outcome;
    }

    @Override
    public void abandon() {
        flow.abandon(this);
    }

    @Override
    public void onOutcome(Runnable listener) {
        if (outcome == Outcome.PENDING) {
            whenDecided = Optional.of(listener);
        } else {
            listener.run();
        }
    }
}

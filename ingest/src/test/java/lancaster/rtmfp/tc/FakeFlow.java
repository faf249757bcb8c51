package lancaster.rtmfp.tc;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import lancaster.bytes.Bytes;
import lancaster.rtmfp.flow.Priority;
import lancaster.rtmfp.flow.Receipt;
import lancaster.rtmfp.flow.ReceiveOrder;
import lancaster.rtmfp.flow.RecvFlow;
import lancaster.rtmfp.flow.RecvFlowListener;
import lancaster.rtmfp.flow.SendFlow;
import lancaster.rtmfp.flow.SendFlowListener;
import lancaster.rtmfp.flow.WriteOptions;
import org.jspecify.annotations.Nullable;

/** Both ends of a flow between {@link FakeSession}s: what is written comes out at once, unless the test stops it. */
final class FakeFlow implements SendFlow, RecvFlow {
    /** A message on its way. */
    static final class Written implements Receipt {
        final Bytes message;
        final WriteOptions options;
        private Outcome outcome = Outcome.PENDING;
        private Runnable whenDecided = () -> {};

        Written(Bytes message, WriteOptions options) {
            this.message = message;
            this.options = options;
        }

        @Override
        public Outcome outcome() {
            return outcome;
        }

        @Override
        public void abandon() {
            decide(Outcome.ABANDONED);
        }

        @Override
        public void onOutcome(Runnable task) {
            whenDecided = task;
            if (outcome != Outcome.PENDING) {
                task.run();
            }
        }

        void decide(Outcome decided) {
            if (outcome == Outcome.PENDING) {
                outcome = decided;
                whenDecided.run();
            }
        }
    }

    private final long id;
    private final Bytes metadata;
    private final Priority priority;
    private final FakeSession far;
    private final Optional<FakeFlow> answered;
    private final SendFlowListener sender;
    final Deque<Written> queue = new ArrayDeque<>();
    private @Nullable RecvFlowListener receiver;
    private boolean announced;
    private boolean stopped;
    private boolean suspended;
    private boolean closed;
    private boolean over;

    FakeFlow(
            long id,
            Bytes metadata,
            Priority priority,
            FakeSession far,
            Optional<FakeFlow> answered,
            SendFlowListener sender) {
        this.id = id;
        this.metadata = metadata;
        this.priority = priority;
        this.far = far;
        this.answered = answered;
        this.sender = sender;
    }

    /** The network keeps what is written, until {@link #go}. */
    void stop() {
        stopped = true;
    }

    void go() {
        stopped = false;
        pump();
    }

    private void pump() {
        if (!announced && (closed || !queue.isEmpty())) {
            announced = true;
            far.announce(this);
            if (receiver == null) {
                over = true;
                queue.forEach(Written::abandon);
                queue.clear();
                sender.onException(0);
            }
        }
        while (!stopped && !suspended && !over && !queue.isEmpty()) {
            Written next = queue.remove();
            if (next.outcome() == Receipt.Outcome.PENDING) {
                next.decide(Receipt.Outcome.DELIVERED);
                if (receiver != null) {
                    receiver.onMessage(next.message);
                }
            }
        }
        if (closed && !over && queue.isEmpty() && !suspended) {
            over = true;
            if (receiver != null) {
                receiver.onComplete();
            }
            sender.onComplete();
        } else if (!stopped && !over) {
            sender.onWritable();
        }
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public Bytes metadata() {
        return metadata;
    }

    @Override
    public Optional<RecvFlow> inReturnTo() {
        return answered.map(flow -> flow);
    }

    @Override
    public Optional<SendFlow> associatedFlow() {
        return answered.map(flow -> flow);
    }

    @Override
    public Receipt write(Bytes message, WriteOptions options) {
        Written written = new Written(message, options);
        if (closed || over) {
            written.abandon();
        } else {
            queue.add(written);
            far.loop().execute(this::pump);
        }
        return written;
    }

    @Override
    public void announce() {
        write(Bytes.EMPTY);
    }

    @Override
    public long bufferedBytes() {
        return queue.stream()
                .filter(each -> each.outcome() == Receipt.Outcome.PENDING)
                .mapToLong(each -> each.message.length())
                .sum();
    }

    @Override
    public void writableBelow(long bytes) {
        // Each delivery is told.
    }

    @Override
    public boolean isWritable() {
        return !stopped;
    }

    @Override
    public Priority priority() {
        return priority;
    }

    @Override
    public void priority(Priority other) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isOpen() {
        return !closed && !over;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            far.loop().execute(this::pump);
        }
    }

    @Override
    public void abort() {
        queue.forEach(Written::abandon);
        close();
    }

    @Override
    public void accept(RecvFlowListener listener) {
        receiver = listener;
    }

    @Override
    public void order(ReceiveOrder order) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void bufferCapacity(int bytes) {
        // Nothing is lost here.
    }

    @Override
    public void suspend() {
        suspended = true;
    }

    @Override
    public void resume() {
        suspended = false;
        far.loop().execute(this::pump);
    }

    @Override
    public void reject(long exceptionCode) {
        over = true;
        receiver = null;
    }

    void end() {
        if (!over) {
            over = true;
            if (receiver != null) {
                receiver.onSessionEnd();
            }
            sender.onSessionEnd();
        }
    }
}

package lancaster.rtmp.session;

import java.util.concurrent.atomic.LongAdder;
import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Kind;

/** What the connections of a server count, from any of its loops. */
public final class RtmpServerCounters {
    /** Why we closed a connection that did nothing wrong but wait. */
    public enum Timeout {
        CONNECT,
        PUBLISH,
        IDLE
    }

    private final LongAdder accepted = new LongAdder();
    private final LongAdder closed = new LongAdder();
    private final LongAdder turnedAway = new LongAdder();
    private final LongAdder publishesAccepted = new LongAdder();
    private final LongAdder publishesRefused = new LongAdder();
    private final LongAdder playsAccepted = new LongAdder();
    private final LongAdder playsRefused = new LongAdder();
    private final LongAdder receivedBytes = new LongAdder();
    private final LongAdder strayMedia = new LongAdder();
    private final LongAdder abandonedMessages = new LongAdder();
    private final LongAdder mediaFaults = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder connectTimeouts = new LongAdder();
    private final LongAdder publishTimeouts = new LongAdder();
    private final LongAdder idleTimeouts = new LongAdder();
    private final FaultCounter messageFaults = new FaultCounter();
    private final FaultCounter streamFaults = new FaultCounter();
    private final FaultCounter connectionFaults = new FaultCounter();

    private static final class FaultCounter {
        private final LongAdder malformed = new LongAdder();
        private final LongAdder unsupported = new LongAdder();
        private final LongAdder limit = new LongAdder();

        void count(Kind kind) {
            switch (kind) {
                case MALFORMED -> malformed.increment();
                case UNSUPPORTED -> unsupported.increment();
                case LIMIT -> limit.increment();
            }
        }

        RtmpServerStats.Faults sum() {
            return new RtmpServerStats.Faults(malformed.sum(), unsupported.sum(), limit.sum());
        }
    }

    public void onAccepted() {
        accepted.increment();
    }

    public void onClosed() {
        closed.increment();
    }

    /** Closed at once, because there are as many connections as are allowed. */
    public void onTurnedAway() {
        turnedAway.increment();
    }

    void onPublishAccepted() {
        publishesAccepted.increment();
    }

    void onPublishRefused() {
        publishesRefused.increment();
    }

    void onPlayAccepted() {
        playsAccepted.increment();
    }

    void onPlayRefused() {
        playsRefused.increment();
    }

    public void onReceived(int bytes) {
        receivedBytes.add(bytes);
    }

    void onStrayMedia() {
        strayMedia.increment();
    }

    void onAbandonedMessages(long count) {
        abandonedMessages.add(count);
    }

    void onMediaFaults(long count) {
        mediaFaults.add(count);
    }

    void onFailure() {
        failures.increment();
    }

    public void onTimeout(Timeout timeout) {
        switch (timeout) {
            case CONNECT -> connectTimeouts.increment();
            case PUBLISH -> publishTimeouts.increment();
            case IDLE -> idleTimeouts.increment();
        }
    }

    public void onFault(ProtocolException fault) {
        switch (fault.scope()) {
            case MESSAGE -> messageFaults.count(fault.kind());
            case STREAM -> streamFaults.count(fault.kind());
            case CONNECTION -> connectionFaults.count(fault.kind());
        }
    }

    long open() {
        return accepted.sum() - closed.sum();
    }

    /** Now; the numbers are read one after the other, while the loops go on. */
    public RtmpServerStats stats() {
        return new RtmpServerStats(
                accepted.sum(),
                open(),
                turnedAway.sum(),
                publishesAccepted.sum(),
                publishesRefused.sum(),
                playsAccepted.sum(),
                playsRefused.sum(),
                connectTimeouts.sum(),
                publishTimeouts.sum(),
                idleTimeouts.sum(),
                messageFaults.sum(),
                streamFaults.sum(),
                connectionFaults.sum(),
                strayMedia.sum(),
                abandonedMessages.sum(),
                mediaFaults.sum(),
                failures.sum(),
                receivedBytes.sum());
    }
}

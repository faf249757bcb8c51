package lancaster.rtp;

import java.time.Duration;
import java.util.Arrays;
import lancaster.rtp.SourceLock.Candidate;
import lancaster.rtp.SourceLock.Verdict;

/**
 * Puts the packets of one source in order (§A.1), from one path or merged from two that carry the same (SMPTE ST 2022-7):
 * of each number the first copy wins. What is in order goes on at once; behind a gap a packet waits for the settings'
 * delay at most. Owner: the loop that receives.
 */
public final class RtpReorderBuffer {
    static final int MAX_PATHS = 2;

    private final int payloadType;
    private final RtpListener listener;
    private final SourceLock lock;
    private final PathCounters[] paths;
    private final MergeWindow window;
    private long beginnings;
    private long jumps;
    private long foreignSources;
    private long foreignPayloads;

    public RtpReorderBuffer(ReorderSettings settings, RtpListener listener) {
        this.payloadType = settings.payloadType();
        this.listener = listener;
        this.lock = new SourceLock(settings.takeover().toNanos());
        this.paths = new PathCounters[settings.paths()];
        for (int i = 0; i < paths.length; i++) {
            paths[i] = new PathCounters(settings.clockHz());
        }
        this.window = new MergeWindow(settings, paths, listener);
    }

    /**
     * A packet came over {@code path}, counted from 0.
     *
     * @return whether it is of the source that is received, so that error correction may use it
     */
    public boolean onPacket(int path, RtpPacket packet, long nowNs) {
        if (packet.payloadType() != payloadType) {
            foreignPayloads++;
            return false;
        }
        Verdict verdict = lock.judge(path, packet, nowNs);
        if (verdict == Verdict.FOREIGN || verdict == Verdict.ON_PROBATION) {
            foreignSources += verdict == Verdict.FOREIGN ? 1 : 0;
            return false;
        }
        if (verdict == Verdict.TAKEN_OVER) {
            takeOver(path, packet, nowNs);
        } else if (!window.isNear(packet.sequence())) {
            jumps++;
            if (!paths[path].jumpsTwice(packet.sequence())) {
                return false;
            }
            begin(packet.sequence(), nowNs);
        }
        window.take(path, packet, nowNs);
        window.onTime(nowNs);
        return true;
    }

    /** A packet that was made of others and error correction. */
    public void onRecovered(RtpPacket packet, long nowNs) {
        if (lock.locked() && packet.ssrc() == lock.ssrc()) {
            window.recover(packet, nowNs);
            window.onTime(nowNs);
        }
    }

    /**
     * How long a packet waits for those before it from now on: parity that was not expected may need more time.
     *
     * @param parityPackets that may follow a packet before the parity that repairs it comes; a sender that pauses
     *     before they came is waited for
     */
    public void delay(Duration delay, int parityPackets) {
        window.delay(delay.toNanos(), parityPackets);
    }

    /** A source has said goodbye: another may follow it at once. */
    public void onBye(int ssrc) {
        lock.bye(ssrc);
    }

    /** Time has passed: gives up what has been waited for long enough. */
    public void onTime(long nowNs) {
        window.onTime(nowNs);
    }

    /** When {@link #onTime} must be called; {@link Long#MAX_VALUE}: nothing waits. */
    public long deadlineNs() {
        return window.deadlineNs();
    }

    /** Whether a source is received, or was. */
    public boolean locked() {
        return lock.locked();
    }

    /** The source that is received, or was last. */
    public int ssrc() {
        return lock.ssrc();
    }

    /**
     * What a receiver report says of the source on a path (§6.4.1); begins a new interval.
     *
     * @param lastSenderReport the middle 32 bits of its NTP time; 0: none came
     * @param delaySinceLastSenderReport in 1/65536 s
     */
    public ReportBlock report(int path, long lastSenderReport, long delaySinceLastSenderReport) {
        return paths[path].reception().report(lock.ssrc(), lastSenderReport, delaySinceLastSenderReport);
    }

    public ReorderStats stats() {
        return new ReorderStats(
                window.delivered(),
                window.lost(),
                window.recovered(),
                window.late(),
                window.overflowed(),
                Math.max(0, beginnings - 1),
                jumps,
                foreignSources,
                foreignPayloads,
                window.mismatched(),
                Arrays.stream(paths).map(PathCounters::stats).toList());
    }

    /** Begins with the packet that was on probation, and with that of the other path if it follows. */
    private void takeOver(int path, RtpPacket packet, long nowNs) {
        Candidate first = lock.release(path);
        int sequence = (first == null ? packet : first.packet()).sequence();
        begin(sequence, nowNs);
        if (first != null) {
            window.take(path, first.packet(), first.arrivalNs());
        }
        for (int other = 0; other < paths.length; other++) {
            Candidate held = other == path ? null : lock.release(other);
            if (held != null
                    && window.isNear(held.packet().sequence())
                    && SequenceNumber.difference(held.packet().sequence(), sequence) >= 0) {
                window.take(other, held.packet(), held.arrivalNs());
            }
        }
    }

    private void begin(int sequence, long nowNs) {
        if (beginnings > 0) {
            window.finish(nowNs);
        }
        beginnings++;
        window.begin(sequence);
        for (PathCounters path : paths) {
            path.restart();
        }
        listener.onRestart();
    }
}

package lancaster.receiver;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import lancaster.multicast.ReceiverSettings;
import org.jspecify.annotations.Nullable;

/**
 * Notices when nothing comes by a way and when something comes again, and says what is to be done about it. Asked once a
 * second. Owner: the multicast loop.
 */
final class PathWatch {
    private static final long SECOND_NS = 1_000_000_000;
    /** Longer than the pauses of a running stream. */
    private static final long STOPPED_NS = 3 * SECOND_NS;
    /** A join takes its time where a router builds a tree first. */
    private static final long NEVER_NS = 5 * SECOND_NS;

    private static final long REJOIN_NS = 5 * SECOND_NS;
    /** Opening anew follows an interface that came back, or a session description that changed. */
    private static final long REOPEN_EVERY_NS = 30 * SECOND_NS;

    private static final long SEARCH_NS = 6 * SECOND_NS;
    private static final long SEARCH_EVERY_NS = 60 * SECOND_NS;
    private static final long LOOK_EVERY_NS = 10 * SECOND_NS;
    /** What comes so soon after a join came because of it. */
    private static final long EFFECT_NS = 2 * SECOND_NS;

    /** What the owner should do now. */
    enum Remedy {
        NONE,
        REJOIN,
        /** Close everything and begin again. */
        REOPEN,
        /** Find out who else sends. */
        SEARCH
    }

    private final PathState state;
    private NetworkFacts facts = NetworkFacts.UNKNOWN;
    private @Nullable Silence silence;
    private Silence.@Nullable Cause told;
    /** How long it had come when it stopped. */
    private long ranNs;

    private boolean rejoined;
    private long joinedAgainNs;
    private boolean joinedAgain;
    private long reopenNs;
    private long searchNs;
    private long lookNs;
    private long forgotten;

    PathWatch(PathState state) {
        this.state = state;
    }

    /** What is wrong, while something is. */
    Optional<Silence> silence() {
        return Optional.ofNullable(silence);
    }

    /** How often joining anew has helped. */
    long forgotten() {
        return forgotten;
    }

    void facts(NetworkFacts found) {
        facts = found.withOtherSenders(facts.otherSenders());
    }

    void otherSenders(List<String> senders) {
        facts = facts.withOtherSenders(senders);
    }

    /** Whether to look at the network now. */
    boolean wantsFacts(long nowNs) {
        if (silence == null || nowNs - lookNs < 0) {
            return false;
        }
        lookNs = nowNs + LOOK_EVERY_NS;
        return true;
    }

    /** How long nothing has come. */
    long silentNs(long nowNs) {
        OptionalLong last = state.lastNs();
        return nowNs - (last.isPresent() ? last.getAsLong() : state.sinceNs());
    }

    /** What to tell, if there is something new. */
    Optional<ReceiverNews.Kind> second(ReceiverSettings settings, long nowNs, Instant now) {
        OptionalLong last = state.lastNs();
        long silentNs = silentNs(nowNs);
        if (silentNs < (last.isPresent() ? STOPPED_NS : NEVER_NS)) {
            return recover(nowNs - silentNs);
        }
        if (silence == null) {
            rejoined = false;
            reopenNs = nowNs + REOPEN_EVERY_NS - silentNs;
            searchNs = nowNs + SEARCH_NS - silentNs;
            lookNs = nowNs;
            ranNs = last.isPresent() ? Math.max(0, last.getAsLong() - state.joinedNs()) : 0;
        }
        SilenceDiagnosis.Way way = new SilenceDiagnosis.Way(
                settings, last.isPresent(), Duration.ofNanos(ranNs), Duration.ofNanos(silentNs), forgotten);
        silence = SilenceDiagnosis.of(way, facts, now);
        // The cause takes a second to be found out.
        boolean fresh = silence.cause() != told && lookNs != nowNs;
        if (fresh) {
            told = silence.cause();
        }
        return fresh ? Optional.of(ReceiverNews.Kind.SILENT) : Optional.empty();
    }

    private Optional<ReceiverNews.Kind> recover(long backNs) {
        if (silence == null) {
            return Optional.empty();
        }
        boolean helped = joinedAgain
                && silence.cause() != Silence.Cause.NEVER
                && backNs - joinedAgainNs >= 0
                && backNs - joinedAgainNs <= EFFECT_NS;
        forgotten += helped ? 1 : 0;
        silence = null;
        joinedAgain = false;
        facts = NetworkFacts.UNKNOWN;
        boolean wasTold = told != null;
        told = null;
        return wasTold ? Optional.of(ReceiverNews.Kind.BACK) : Optional.empty();
    }

    /** What is to be done in this second of silence. */
    Remedy remedy(ReceiverSettings settings, long nowNs) {
        if (silence == null || settings.networkInterface().isEmpty()) {
            return Remedy.NONE;
        }
        if (nowNs - reopenNs >= 0) {
            reopenNs = nowNs + REOPEN_EVERY_NS;
            joinedAgain(nowNs);
            return Remedy.REOPEN;
        }
        if (!rejoined && silentNs(nowNs) >= REJOIN_NS) {
            rejoined = true;
            joinedAgain(nowNs);
            return Remedy.REJOIN;
        }
        if (settings.source().isPresent() && nowNs - searchNs >= 0) {
            searchNs = nowNs + SEARCH_EVERY_NS;
            return Remedy.SEARCH;
        }
        return Remedy.NONE;
    }

    private void joinedAgain(long nowNs) {
        joinedAgain = true;
        joinedAgainNs = nowNs;
    }
}

package lancaster.departure;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import lancaster.media.Timebase;
import lancaster.mpegts.TsUnit;
import org.jspecify.annotations.Nullable;

/**
 * What has come and not left yet: a queue of video and one of audio, which overtakes. Each unit has until its deadline:
 * its own time and as long as a frame lasts, or as peaks are spread over. A queue that lags makes up for it slowly, a
 * frame in three quarters of its duration, for what comes late must not leave as a burst.
 */
final class WaitingUnits {
    private static final long SHORTEST_FRAME_NS = 10_000_000;
    private static final long LONGEST_FRAME_NS = 100_000_000;
    private static final long AUDIO_FRAME_NS = 20_000_000;
    /** A picture so many times the size of the one before takes half a frame longer: the next ones will be small. */
    private static final int LARGE = 2;

    /** Units of one kind; lists are short: some frames, at worst a second of them. */
    private static final class Lane {
        final List<Waiting> units = new ArrayList<>();
        long frameNs;
        long lastBytes;
        long lastDts90k = Long.MIN_VALUE;
        long lastDeadlineNs = Long.MIN_VALUE;

        Lane(long frameNs) {
            this.frameNs = frameNs;
        }

        /** A frame lasts as long as the one before did. */
        void measure(long dts90k) {
            if (lastDts90k != Long.MIN_VALUE && dts90k > lastDts90k) {
                long measuredNs = Timebase.toNs(dts90k - lastDts90k);
                frameNs = Math.max(SHORTEST_FRAME_NS, Math.min(LONGEST_FRAME_NS, measuredNs));
            }
            lastDts90k = dts90k;
        }

        @Nullable
        Waiting head() {
            return units.isEmpty() ? null : units.get(0);
        }
    }

    private final long smoothNs;
    private final Lane video = new Lane(2 * AUDIO_FRAME_NS);
    private final Lane audio = new Lane(AUDIO_FRAME_NS);
    private int packets;
    private long bytes;
    private long newestNs;

    WaitingUnits(long smoothNs) {
        this.smoothNs = smoothNs;
    }

    /** TS packets that wait. */
    int packets() {
        return packets;
    }

    /** Bytes of units that wait, one that has begun counted whole. */
    long bytes() {
        return bytes;
    }

    /** @param timeNs the moment of its decoding time; it may have passed */
    void add(TsUnit unit, long arrivalNs, long timeNs) {
        Lane lane = unit.isVideo() ? video : audio;
        if (unit.isVideo()) {
            lane.measure(unit.dts90k());
        }
        long dueNs = Math.max(arrivalNs, timeNs);
        long deadlineNs = dueNs + lane.frameNs;
        if (unit.isVideo()) {
            boolean isLarge = lane.lastBytes > 0 && unit.bytes() > LARGE * lane.lastBytes;
            lane.lastBytes = unit.bytes();
            deadlineNs += Math.max(isLarge ? lane.frameNs / 2 : 0, smoothNs - lane.frameNs / 2);
        }
        if (!lane.units.isEmpty()) {
            deadlineNs = Math.max(deadlineNs, lane.lastDeadlineNs + lane.frameNs * 3 / 4);
        }
        lane.lastDeadlineNs = deadlineNs;
        newestNs = arrivalNs;
        Waiting waiting = new Waiting(unit, arrivalNs, dueNs, deadlineNs);
        lane.units.add(waiting);
        packets += waiting.packetsLeft;
        bytes += unit.bytes();
    }

    /** Whose packet is next: audio's where its time has come, else video's. */
    @Nullable
    Waiting next(long nowNs) {
        Waiting sound = audio.head();
        Waiting picture = video.head();
        boolean overtakes = sound != null && (sound.begun || sound.dueNs <= nowNs || picture == null);
        return overtakes ? sound : picture;
    }

    /** When the oldest unit came. */
    long oldestNs() {
        Waiting sound = audio.head();
        Waiting picture = video.head();
        long soundNs = sound == null ? Long.MAX_VALUE : sound.arrivalNs;
        return picture == null ? soundNs : Math.min(soundNs, picture.arrivalNs);
    }

    /** When the last unit came, whether it has left or not. */
    long newestNs() {
        return newestNs;
    }

    /** So many packets of the unit that was {@link #next} are left; 0: it is through. */
    void left(Waiting unit, int left) {
        packets -= unit.packetsLeft - left;
        unit.packetsLeft = left;
        if (left == 0) {
            Lane lane = unit.unit.isVideo() ? video : audio;
            lane.units.remove(0);
            bytes -= unit.unit.bytes();
        }
    }

    /** Throws away what hasn't begun; how many units. */
    int drop() {
        return drop(video, unit -> true) + drop(audio, unit -> true);
    }

    /** Throws away video that hasn't begun, up to the next random access point; how many units. */
    int dropVideo() {
        boolean[] found = {false};
        return drop(video, unit -> !(found[0] |= unit.unit.randomAccess()));
    }

    /** Throws away one unit that hasn't begun. */
    void drop(Waiting unit) {
        drop(unit.unit.isVideo() ? video : audio, each -> each == unit);
    }

    boolean hasVideo() {
        return !video.units.isEmpty();
    }

    /** Whether there was video, ever. */
    boolean hasSeenVideo() {
        return video.lastDts90k != Long.MIN_VALUE;
    }

    /** All deadlines are so much later: the loop itself was late. */
    void delay(long ns) {
        for (Lane lane : List.of(video, audio)) {
            lane.units.forEach(unit -> unit.deadlineNs += ns);
            lane.lastDeadlineNs += lane.units.isEmpty() ? 0 : ns;
        }
    }

    /** Stream time jumps forward: what still waits by the time before has a frame's duration each from now on. */
    void hasten(long nowNs) {
        for (Lane lane : List.of(video, audio)) {
            long deadlineNs = nowNs;
            for (Waiting unit : lane.units) {
                deadlineNs += lane.frameNs;
                unit.deadlineNs = Math.min(unit.deadlineNs, deadlineNs);
                lane.lastDeadlineNs = unit.deadlineNs;
            }
        }
    }

    /**
     * How long so many packets take at the smallest rate from {@code fromNs} on that keeps every deadline.
     *
     * @param shortestNs what is left until a deadline at least
     */
    long durationNs(int count, long fromNs, long shortestNs) {
        long leftNs = Long.MAX_VALUE;
        long packetsUntil = 1;
        long sum = 0;
        int v = 0;
        int a = 0;
        int videos = video.units.size();
        int audios = audio.units.size();
        while (v < videos || a < audios) {
            boolean takesVideo =
                    a == audios || (v < videos && video.units.get(v).deadlineNs <= audio.units.get(a).deadlineNs);
            Waiting unit = takesVideo ? video.units.get(v++) : audio.units.get(a++);
            sum += unit.packetsLeft;
            long untilNs = Math.max(shortestNs, unit.deadlineNs - fromNs);
            // untilNs / sum < leftNs / packetsUntil, without dividing.
            if (leftNs == Long.MAX_VALUE || untilNs * packetsUntil < leftNs * sum) {
                leftNs = untilNs;
                packetsUntil = sum;
            }
        }
        return leftNs * count / packetsUntil;
    }

    private int drop(Lane lane, Predicate<Waiting> which) {
        int before = lane.units.size();
        lane.units.removeIf(unit -> {
            boolean drops = !unit.begun && which.test(unit);
            if (drops) {
                packets -= unit.packetsLeft;
                bytes -= unit.unit.bytes();
            }
            return drops;
        });
        return before - lane.units.size();
    }
}

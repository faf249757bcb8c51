package lancaster.api;

import java.time.InstantSource;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lancaster.api.History.Column;
import lancaster.media.Track;
import lancaster.output.Audience;
import lancaster.output.MulticastOutput;
import lancaster.output.MulticastOutputStats;
import lancaster.output.MulticastOutputs;
import lancaster.rtmp.play.PlayStats;
import lancaster.stream.LiveStream;
import lancaster.stream.StreamPath;
import lancaster.stream.StreamRegistry;
import lancaster.stream.StreamStats;

/**
 * How streams did, for charts. A stream that is over is remembered until others need its place. From any thread; {@link
 * #sample} is called each second.
 */
public final class Histories {
    /** At some 60 KB each after a day. */
    static final int MAX_STREAMS = 500;

    private static final int BITS = 8;
    /** A stream that lives is looked at each second, or a little later. */
    private static final int OVER_S = 10;

    /** A stream's history, and what was counted when it was looked at last. */
    private static final class Kept {
        final History history = new History();
        long sampledS;
        long httpBytes;
        long rtmpBytes;
    }

    private final StreamRegistry streams;
    private final MulticastOutputs multicasts;
    private final Audience audience;
    private final InstantSource clock;
    /** The one that was sampled longest ago is first. */
    private final Map<StreamPath, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);

    public Histories(StreamRegistry streams, MulticastOutputs multicasts, Audience audience, InstantSource clock) {
        this.streams = streams;
        this.multicasts = multicasts;
        this.audience = audience;
        this.clock = clock;
    }

    /** Looks at all streams. */
    public void sample() {
        long nowS = clock.millis() / 1_000;
        for (LiveStream stream : streams.live()) {
            sample(stream.stats(), nowS);
        }
    }

    private synchronized void sample(StreamStats stats, long nowS) {
        Kept of = kept.get(stats.path());
        if (of == null) {
            if (kept.size() >= MAX_STREAMS && !makeRoom(nowS)) {
                return;
            }
            of = new Kept();
            kept.put(stats.path(), of);
        }
        String name = stats.path().toString();
        long bytes = audience.bytes(name);
        long passedS = of.sampledS == 0 ? 0 : nowS - of.sampledS;
        PlayStats players = audience.players().stats(stats.path());
        Optional<MulticastOutputStats> multicast = multicasts.find(stats.path()).map(MulticastOutput::stats);
        Map<Column, Float> values = new EnumMap<>(Column.class);
        values.put(Column.INPUT_BITS_PER_SECOND, (float) inputBits(stats));
        values.put(Column.FRAMES_PER_SECOND, (float) framesPerSecond(stats));
        if (stats.avDriftMs().isPresent()) {
            values.put(Column.AV_DRIFT_MS, (float) stats.avDriftMs().getAsLong());
        }
        multicast.ifPresent(output -> {
            values.put(
                    Column.MULTICAST_BITS_PER_SECOND, (float) output.counters().bitsPerSecond());
            output.viewers().ifPresent(viewers -> values.put(Column.MULTICAST_VIEWERS, (float) viewers.viewers()));
        });
        values.put(Column.HTTP_BITS_PER_SECOND, bits(bytes - of.httpBytes, passedS));
        values.put(Column.HTTP_VIEWERS, (float) audience.viewers(name));
        values.put(Column.RTMP_BITS_PER_SECOND, bits(players.sentBytes() - of.rtmpBytes, passedS));
        values.put(Column.RTMP_PLAYERS, (float) players.players());
        of.sampledS = nowS;
        of.httpBytes = bytes;
        of.rtmpBytes = players.sentBytes();
        of.history.add(nowS, values);
    }

    private static float bits(long bytes, long passedS) {
        return passedS <= 0 ? History.NONE : (float) Math.max(0, bytes) * BITS / passedS;
    }

    private static long inputBits(StreamStats stats) {
        return stats.tracks().stream()
                .mapToLong(StreamStats.TrackStats::bitsPerSecond)
                .sum();
    }

    private static double framesPerSecond(StreamStats stats) {
        return stats.tracks().stream()
                .filter(track -> track.trackId() < Track.AUDIO)
                .mapToDouble(StreamStats.TrackStats::framesPerSecond)
                .max()
                .orElse(History.NONE);
    }

    /** Forgets the stream that was looked at longest ago, if it is over. */
    private boolean makeRoom(long nowS) {
        Map.Entry<StreamPath, Kept> eldest = kept.entrySet().iterator().next();
        boolean over = nowS - eldest.getValue().sampledS > OVER_S;
        if (over) {
            kept.remove(eldest.getKey());
        }
        return over;
    }

    /** What is known of a stream at one of {@link #periods}, from {@code afterS} on; empty if nothing is. */
    synchronized Optional<Json.Body> json(StreamPath path, int periodS, long afterS) {
        Kept of = kept.get(path);
        return Optional.ofNullable(of)
                .flatMap(known -> known.history.tier(periodS))
                .map(tier -> json(tier, afterS));
    }

    static List<Integer> periods() {
        return History.periods();
    }

    /** What is there now: the columns are copies. */
    private static Json.Body json(History.Tier tier, long afterS) {
        long fromS = tier.fromS(afterS);
        Map<Column, float[]> columns = tier.values(fromS);
        return json -> {
            json.writeNumberField("periodSeconds", tier.periodS());
            json.writeNumberField("from", fromS);
            json.writeObjectFieldStart("columns");
            for (Map.Entry<Column, float[]> column : columns.entrySet()) {
                json.writeArrayFieldStart(column.getKey().word());
                for (float value : column.getValue()) {
                    if (Float.isNaN(value)) {
                        json.writeNull();
                    } else {
                        json.writeNumber(Math.round(value * 100.0) / 100.0);
                    }
                }
                json.writeEndArray();
            }
            json.writeEndObject();
        };
    }
}

package lancaster.pull;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Scope;
import lancaster.media.Timebase;
import lancaster.probe.M3u8;
import lancaster.receiver.SourceUrl.PullUrl;
import lancaster.runloop.RunLoop;
import lancaster.runloop.Timer;
import lancaster.stream.StreamPath;
import lancaster.stream.StreamSettings;
import org.jspecify.annotations.Nullable;

/**
 * A live stream that is fetched as HLS (RFC 8216): its richest variant and that one's sound, from near the live edge on.
 * Owner: its client loop.
 */
final class HlsPull implements PullShell.Way {
    private static final long SECOND_NS = 1_000_000_000;
    private static final long LEAST_WAIT_NS = 5_000_000;
    private static final int MAX_PLAYLIST_BYTES = 8 << 20;
    private static final int MAX_SEGMENT_BYTES = 64 << 20;

    private final PullShell shell;
    private final URI uri;
    private final Sources sources;
    private final RunLoop loop;
    private @Nullable Run run;

    private HlsPull(PullShell shell, URI uri, Sources sources) {
        this.shell = shell;
        this.uri = uri;
        this.sources = sources;
        this.loop = shell.loop();
    }

    static Pull of(StreamPath path, PullUrl source, Supplier<StreamSettings> settings, PullContext context) {
        URI uri = URI.create(source.url());
        return new PullShell(
                path, source.toString(), "hls", settings, context, shell -> new HlsPull(shell, uri, context.sources()));
    }

    @Override
    public void connect() {
        Run next = new Run();
        run = next;
        next.begin();
    }

    @Override
    public void hangUp() {
        if (run != null) {
            run.timer.cancel();
            run = null;
        }
    }

    @Override
    public void tick() {}

    @Override
    public long bufferedMs() {
        return run == null ? 0 : Timebase.toMs(run.buffer.buffered90k());
    }

    /** From an attempt to its failure. */
    private final class Run {
        private final List<HlsLane> lanes = new ArrayList<>();
        private final List<HlsSegments> segments = new ArrayList<>();
        private final Map<HlsLane, String> initialized = new HashMap<>();
        private final Map<HlsLane, HlsRanges> ranges = new HashMap<>();
        private final List<HlsLane> busy = new ArrayList<>();
        private final HlsSegments.Epochs epochs = new HlsSegments.Epochs();
        private HlsBuffer buffer = new HlsBuffer(1);
        private Timer timer = Timer.NONE;
        private final HlsKeys keys = new HlsKeys();

        void begin() {
            get(uri, Optional.empty(), MAX_PLAYLIST_BYTES, this::onFirst, shell::fail);
        }

        private void onFirst(Sources.Document document) {
            M3u8 playlist = parse(document.bytes());
            URI base = document.uri();
            if (!playlist.isMultivariant()) {
                follow(0, base);
                lanes.get(0).onPlaylist(playlist, loop.nowNs());
            } else {
                M3u8.Variant richest = playlist.variants().stream()
                        .max(Comparator.comparingLong(M3u8.Variant::bandwidth))
                        .orElseThrow();
                follow(0, base.resolve(richest.uri()));
                playlist.renditions().stream()
                        .filter(rendition -> rendition.type().equals("AUDIO")
                                && rendition.group().equals(richest.audioGroup())
                                && rendition.uri().isPresent())
                        .max(Comparator.comparing(M3u8.Rendition::byDefault))
                        .ifPresent(rendition ->
                                follow(1, base.resolve(rendition.uri().orElseThrow())));
            }
            buffer = new HlsBuffer(lanes.size());
            work();
        }

        private void follow(int number, URI playlist) {
            lanes.add(new HlsLane(number, playlist, loop.nowNs()));
            segments.add(new HlsSegments(epochs));
        }

        /** Gives out what is due, fetches what is wanted, and comes again when something is. */
        private void work() {
            if (run != this) {
                return;
            }
            timer.cancel();
            long nowNs = loop.nowNs();
            long before = buffer.interruptions();
            long waitNs = buffer.release(shell::give, nowNs);
            if (buffer.interruptions() > before) {
                shell.attempts().interrupted();
            }
            for (HlsLane lane : lanes) {
                Optional<String> lost = buffer.buffered90k() > 0 ? Optional.empty() : lane.lost(nowNs);
                if (lost.isPresent()) {
                    shell.fail(lost.get());
                    return;
                }
                if (!busy.contains(lane)) {
                    waitNs = Math.min(waitNs, fetch(lane, nowNs));
                }
            }
            timer = loop.schedule(Math.max(LEAST_WAIT_NS, Math.min(waitNs, SECOND_NS)), this::work);
        }

        /** Asks for what the lane wants next; how long until it wants something. */
        private long fetch(HlsLane lane, long nowNs) {
            Optional<HlsLane.Wanted> wanted = lane.wanted();
            boolean ahead = buffer.buffered90k() > 2L * HlsLane.FROM_THE_END * lane.targetDurationS() * Timebase.HZ;
            if (wanted.isPresent() && !ahead) {
                fetch(lane, wanted.get());
                return SECOND_NS;
            }
            long reloadNs = lane.reloadInNs(nowNs);
            if (reloadNs > 0) {
                return reloadNs;
            }
            busy.add(lane);
            get(
                    lane.uri(),
                    Optional.empty(),
                    MAX_PLAYLIST_BYTES,
                    document -> {
                        busy.remove(lane);
                        lane.onPlaylist(parse(document.bytes()), loop.nowNs());
                        work();
                    },
                    why -> {
                        busy.remove(lane);
                        lane.onPlaylistFailed(loop.nowNs());
                        said(lane, why);
                    });
            return SECOND_NS;
        }

        private void fetch(HlsLane lane, HlsLane.Wanted wanted) {
            M3u8.Segment segment = wanted.segment();
            String init = segment.initialization().map(M3u8.Initialization::uri).orElse("");
            boolean initializes = !init.isEmpty() && !init.equals(initialized.get(lane));
            URI from = lane.uri().resolve(initializes ? init : segment.uri());
            Optional<M3u8.Key> key =
                    initializes ? segment.initialization().flatMap(M3u8.Initialization::key) : segment.key();
            Optional<URI> keyUri = key.flatMap(M3u8.Key::uri).map(lane.uri()::resolve);
            if (keyUri.isPresent() && !keys.has(keyUri.get())) {
                fetchKey(lane, keyUri.get());
                return;
            }
            Optional<String> range = initializes
                    ? Optional.empty()
                    : ranges.computeIfAbsent(lane, any -> new HlsRanges()).of(segment);
            busy.add(lane);
            get(
                    from,
                    range,
                    MAX_SEGMENT_BYTES,
                    keys.opener(key, keyUri, segment.sequence()),
                    document -> {
                        busy.remove(lane);
                        if (initializes) {
                            initialized.put(lane, init);
                            segments.get(lane.number()).initialize(document.bytes());
                        } else {
                            lane.onSegment();
                            onSegment(lane, wanted, document.bytes());
                        }
                        work();
                    },
                    why -> {
                        busy.remove(lane);
                        lane.onSegmentFailed();
                        said(lane, why);
                    });
        }

        private void fetchKey(HlsLane lane, URI from) {
            busy.add(lane);
            get(
                    from,
                    Optional.empty(),
                    HlsCipher.KEY_BYTES,
                    document -> {
                        busy.remove(lane);
                        keys.add(from, document.bytes());
                        work();
                    },
                    why -> {
                        busy.remove(lane);
                        lane.onSegmentFailed();
                        said(lane, why);
                    });
        }

        private void onSegment(HlsLane lane, HlsLane.Wanted wanted, Bytes segment) {
            buffer.add(lane.number(), segments.get(lane.number()).read(segment, wanted.epoch()), loop.nowNs());
        }

        /** A single failure is a gap; where all that was there is used up it is the end. */
        private void said(HlsLane lane, String why) {
            if (run == this
                    && buffer.buffered90k() == 0
                    && lane.lost(loop.nowNs()).isPresent()) {
                shell.fail(why);
            } else {
                work();
            }
        }

        private void get(
                URI from,
                Optional<String> range,
                int limitBytes,
                Consumer<Sources.Document> good,
                Consumer<String> bad) {
            get(from, range, limitBytes, document -> document, good, bad);
        }

        /** @param open done to it at once, on whatever thread it comes on */
        private void get(
                URI from,
                Optional<String> range,
                int limitBytes,
                UnaryOperator<Sources.Document> open,
                Consumer<Sources.Document> good,
                Consumer<String> bad) {
            var unused = sources.get(from, range, limitBytes)
                    .thenApply(open)
                    .whenComplete((document, failure) -> loop.execute(() -> {
                        if (run != this) {
                            return;
                        }
                        if (failure != null) {
                            bad.accept(message(failure));
                            return;
                        }
                        try {
                            good.accept(document);
                        } catch (ProtocolException | IllegalArgumentException e) {
                            shell.fail(String.valueOf(e.getMessage()));
                        }
                    }));
        }

        private static M3u8 parse(Bytes text) {
            return M3u8.parse(new String(text.toArray(), StandardCharsets.UTF_8))
                    .orElseThrow(() -> ProtocolException.malformed(Scope.STREAM, "hls", "this is no playlist of HLS"));
        }

        private static String message(Throwable failure) {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            return String.valueOf(cause.getMessage());
        }
    }
}

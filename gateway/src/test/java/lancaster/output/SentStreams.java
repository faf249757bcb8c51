package lancaster.output;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import lancaster.bytes.Bytes;
import lancaster.kit.GoldenFile;
import lancaster.kit.SimRunLoop;
import lancaster.media.AccessUnit;
import lancaster.media.MediaEvent;
import lancaster.media.Timebase;
import lancaster.multicast.AddressClaims;
import lancaster.multicast.AddressPlan;
import lancaster.multicast.MulticastException;
import lancaster.multicast.MulticastSettings;
import lancaster.multicast.ReceiverSettings;
import lancaster.multicast.net.DatagramOutlet;
import lancaster.multicast.net.MulticastReceiver;
import lancaster.publisher.FlvFileSource;
import lancaster.segment.SegmentStore;
import lancaster.stream.EndReason;
import lancaster.stream.LiveStream;
import lancaster.stream.Publication;
import lancaster.stream.PublishOutcome;
import lancaster.stream.PublisherInfo;
import lancaster.stream.StreamPath;
import lancaster.stream.StreamRegistry;
import lancaster.stream.StreamSettings;
import lancaster.stream.TimelineDirectory;
import org.jspecify.annotations.Nullable;

/** Streams in virtual time that are published from a file, packaged as HLS and sent to recorded outlets. */
public final class SentStreams implements AutoCloseable {
    static final AddressPlan PLAN = new AddressPlan(AddressPlan.DEFAULT_RANGE);
    private static final long STEP_MS = 5;
    private static final int HLS_WINDOW = 5;
    private static final StreamSettings SETTINGS = new StreamSettings(
            Duration.ofSeconds(1),
            Duration.ofMillis(500),
            List.of("ts"),
            Optional.empty(),
            StreamSettings.DEFAULTS.onSecondPublisher(),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5));

    public final SimRunLoop loop = new SimRunLoop();
    final AddressClaims claims = new AddressClaims();
    /** What streams are sent as that stand here; others as {@link MulticastOutputSettings#DEFAULTS}. */
    public final Map<String, MulticastOutputSettings> configured = new HashMap<>();
    /** All that were ever opened. */
    public final List<RecordedOutlet> outlets = new ArrayList<>();

    final StreamRegistry streams;
    final HlsOutputs hls;
    final MulticastOutputs multicasts;
    /** All that ever listened. */
    final List<FakeEar> ears = new ArrayList<>();
    /** Where streams are sent and what answers is heard. */
    final MulticastOutlets network = new FakeNetwork();
    /** Set: no outlet can be opened. */
    @Nullable
    String refusal;

    private final Path folder;
    private final SegmentStore store;
    private final List<Encoder> encoders = new ArrayList<>();

    public SentStreams(Path folder) throws IOException {
        this(folder, new SplittableRandom(2));
    }

    /** @param random what RTP begins with */
    SentStreams(Path folder, RandomGenerator random) throws IOException {
        this.folder = folder;
        Files.write(folder.resolve("media.flv"), GoldenFile.media("avc-aac.flv").toArray());
        InstantSource clock = () -> Instant.ofEpochSecond(1_800_000_000).plusNanos(loop.nowNs());
        streams = new StreamRegistry(
                new TimelineDirectory(folder.resolve("timeline"), loop), clock, new SplittableRandom(1));
        store = new SegmentStore(folder.resolve("segments"), 1 << 30);
        hls = new HlsOutputs(store, path -> loop, path -> HLS_WINDOW);
        streams.addListener(hls);
        multicasts = new MulticastOutputs(
                loop,
                network,
                PLAN,
                claims,
                path -> Optional.of(configured.getOrDefault(path.toString(), MulticastOutputSettings.DEFAULTS)),
                clock,
                random);
        streams.addListener(multicasts);
    }

    private final class FakeNetwork implements MulticastOutlets {
        @Override
        public DatagramOutlet open(MulticastSettings settings) throws MulticastException {
            if (refusal != null) {
                throw new MulticastException(refusal);
            }
            RecordedOutlet outlet = new RecordedOutlet(settings, loop::nowNs);
            outlets.add(outlet);
            return outlet;
        }

        @Override
        public Ear listen(ReceiverSettings settings, MulticastReceiver.Listener listener) {
            FakeEar ear = new FakeEar(settings, listener);
            ears.add(ear);
            return ear;
        }
    }

    /** Hears what a test says. */
    final class FakeEar implements MulticastOutlets.Ear {
        final ReceiverSettings settings;
        private final MulticastReceiver.Listener listener;
        boolean closed;

        FakeEar(ReceiverSettings settings, MulticastReceiver.Listener listener) {
            this.settings = settings;
            this.listener = listener;
        }

        void hear(Bytes datagram, InetSocketAddress from) {
            listener.onDatagram(datagram.buffer(), from, loop.nowNs());
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /** What listens on a port now. */
    List<FakeEar> ears(int port) {
        return ears.stream()
                .filter(ear -> !ear.closed && ear.settings.address().getPort() == port)
                .toList();
    }

    /** Its timeline goes on as the copied file says that is written here: to be called before somebody publishes it. */
    void goOnWith(String path, String timeline) throws IOException {
        Path file = folder.resolve("timeline").resolve(path + ".json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, timeline);
    }

    /** An encoder that publishes in real time from now on. */
    public Encoder publish(String path) throws IOException {
        return publish(path, folder.resolve("media.flv"));
    }

    /** An encoder of an FLV file that publishes it over and over. */
    Encoder publish(String path, Path file) throws IOException {
        Encoder encoder = new Encoder(path, file);
        encoders.add(encoder);
        return encoder;
    }

    public SentStreams runMs(long ms) throws IOException {
        for (long passed = 0; passed < ms; passed += STEP_MS) {
            for (Encoder encoder : encoders) {
                encoder.publishDue();
            }
            loop.advanceMs(STEP_MS);
        }
        return this;
    }

    MulticastOutputStats stats(String path) {
        return multicasts.find(StreamPath.parse(path)).orElseThrow().stats();
    }

    Optional<LiveStream> stream(String path) {
        return streams.find(StreamPath.parse(path));
    }

    /** The outlets to a port that are open. */
    List<RecordedOutlet> open(int port) {
        return outlets.stream()
                .filter(outlet -> !outlet.closed && outlet.settings.group().getPort() == port)
                .toList();
    }

    RecordedOutlet media() {
        return open(5004).get(0);
    }

    @Override
    public void close() throws IOException {
        for (Encoder encoder : encoders) {
            encoder.source.close();
        }
        store.close();
    }

    public final class Encoder {
        private final FlvFileSource source;
        private final Publication publication;
        private final long startNs = loop.nowNs();
        /** How late what it publishes comes from now on. */
        long lateNs;
        /** How much faster its clock runs than ours. */
        double skewPpm;

        private @Nullable MediaEvent next;
        private boolean ended;

        Encoder(String path, Path file) throws IOException {
            source = new FlvFileSource(file, true);
            PublisherInfo info = new PublisherInfo("test", "192.0.2.1:1000", "fake");
            publication = ((PublishOutcome.Accepted)
                            streams.publish(StreamPath.parse(path), info, reason -> {}, loop, SETTINGS))
                    .publication();
        }

        private void publishDue() throws IOException {
            while (!ended) {
                MediaEvent event = next == null ? source.next().orElseThrow() : next;
                if (event instanceof AccessUnit unit && startNs + lateNs + dueNs(unit.dts90k()) > loop.nowNs()) {
                    next = event;
                    return;
                }
                next = null;
                publication.publish(event);
            }
        }

        private long dueNs(long dts90k) {
            long dtsNs = Timebase.toNs(dts90k);
            return dtsNs - (long) (dtsNs * skewPpm / 1e6);
        }

        public void end() {
            ended = true;
            publication.end(EndReason.UNPUBLISHED);
        }
    }
}

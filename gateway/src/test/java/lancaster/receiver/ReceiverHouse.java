package lancaster.receiver;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import lancaster.kit.SimRunLoop;
import lancaster.media.AccessUnit;
import lancaster.media.Mark;
import lancaster.media.MediaEvent;
import lancaster.media.Track;
import lancaster.multicast.ReceiverSettings;
import lancaster.stream.CloseReason;
import lancaster.stream.LiveStream;
import lancaster.stream.MediaSink;
import lancaster.stream.OverflowPolicy;
import lancaster.stream.Start;
import lancaster.stream.StreamListener;
import lancaster.stream.StreamPath;
import lancaster.stream.StreamRegistry;
import lancaster.stream.StreamSettings;
import lancaster.stream.SubscriptionSettings;
import lancaster.stream.TimelineDirectory;

/** One stream that is received in virtual time, and all that becomes of it. */
final class ReceiverHouse {
    static final StreamPath PATH = StreamPath.parse("live/in");
    static final String GROUP = "239.1.2.3";
    static final String SENDER = "10.0.0.5";
    static final int PORT = 5004;

    private static final Instant BOOT = Instant.parse("2026-11-21T12:00:00Z");
    private static final SubscriptionSettings WIDE = new SubscriptionSettings(
            "test", Start.NEXT_RANDOM_ACCESS, OverflowPolicy.SKIP_TO_RANDOM_ACCESS_POINT, 1 << 28, Duration.ofHours(2));

    final SimRunLoop loop = new SimRunLoop();
    final FakeNetwork network = new FakeNetwork(loop);
    final StreamRegistry streams;
    final List<ReceiverNews> news = new ArrayList<>();
    final List<MediaEvent> events = new ArrayList<>();
    NetworkFacts facts = NetworkFacts.UNKNOWN;
    final Receiver receiver;

    ReceiverHouse(Path folder, String... urls) {
        streams = new StreamRegistry(new TimelineDirectory(folder, loop), this::now, new SplittableRandom(1));
        streams.addListener(new StreamListener() {
            @Override
            public void onCreated(LiveStream stream) {
                stream.subscribe(WIDE, loop, new MediaSink() {
                    @Override
                    public void onEvent(MediaEvent event) {
                        events.add(event);
                    }

                    @Override
                    public void onClosed(CloseReason reason) {}
                });
            }

            @Override
            public void onEnded(LiveStream stream) {}
        });
        List<SourceUrl> parsed = List.of(urls).stream().map(SourceUrl::parse).toList();
        receiver = new Receiver(
                PATH, new SourceSettings(parsed, Optional.of("lo")), () -> StreamSettings.DEFAULTS, context());
        loop.execute(receiver::start);
        loop.runDue();
    }

    Receiver.Context context() {
        return new Receiver.Context(
                loop,
                network,
                new ReceptionPlanner(new SessionLoader(loop)),
                this::look,
                streams,
                loop,
                this::now,
                news::add);
    }

    /** From the group without any source named. */
    static ReceiverHouse rtp(Path folder) {
        return new ReceiverHouse(folder, "rtp://" + GROUP + ":" + PORT);
    }

    private NetworkFacts look(ReceiverSettings settings) {
        return facts;
    }

    private Instant now() {
        return BOOT.plusNanos(loop.nowNs());
    }

    /** Lets {@code sender} send for so many pictures. */
    ReceiverHouse send(TsSender sender, int pictures) {
        return send(sender, pictures, SENDER, datagrams -> datagrams);
    }

    /** @param way what becomes of the datagrams of each picture */
    ReceiverHouse send(TsSender sender, int pictures, String from, UnaryOperator<List<byte[]>> way) {
        for (int i = 0; i < pictures; i++) {
            way.apply(sender.next()).forEach(datagram -> network.deliver(GROUP, PORT, datagram, from));
            loop.advanceNs(TsSender.PICTURE_NS);
        }
        return this;
    }

    ReceiverHouse seconds(int seconds) {
        loop.advanceMs(1_000L * seconds);
        return this;
    }

    ReceptionStats stats() {
        return receiver.stats();
    }

    List<AccessUnit> units(int trackId) {
        return events.stream()
                .filter(AccessUnit.class::isInstance)
                .map(AccessUnit.class::cast)
                .filter(unit -> unit.trackId() == trackId)
                .toList();
    }

    int pictures() {
        return units(Track.VIDEO).size();
    }

    long discontinuities() {
        return events.stream()
                .filter(event -> event instanceof Mark mark && mark.isDiscontinuity())
                .count();
    }

    List<ReceiverNews.Kind> kinds() {
        return news.stream().map(ReceiverNews::kind).toList();
    }

    String told(ReceiverNews.Kind kind) {
        List<String> texts = news.stream()
                .filter(each -> each.kind() == kind)
                .map(ReceiverNews::text)
                .toList();
        assertTrue(!texts.isEmpty(), () -> "no " + kind + " in " + news);
        return texts.get(texts.size() - 1);
    }

    /** Times of each track go on, and no picture that could be had is missing. */
    ReceiverHouse assertOrdered() {
        for (int track : new int[] {Track.VIDEO, Track.AUDIO}) {
            List<AccessUnit> units = units(track);
            for (int i = 1; i < units.size(); i++) {
                long before = units.get(i - 1).dts90k();
                long after = units.get(i).dts90k();
                assertTrue(after > before, () -> "track " + track + " from " + before + " to " + after);
            }
        }
        return this;
    }
}

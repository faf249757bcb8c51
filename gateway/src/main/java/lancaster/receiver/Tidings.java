package lancaster.receiver;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import lancaster.media.Track;
import lancaster.multicast.IpLiteral;
import lancaster.multicast.ReceiverSettings;
import lancaster.stream.StreamPath;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What people who wait for a stream want to know, in the log and for whoever listens; of what begins each is said once.
 * Owner: the multicast loop.
 */
final class Tidings {
    private static final Logger LOG = LoggerFactory.getLogger(Tidings.class);

    private final StreamPath path;
    private final SourceSettings source;
    private final Consumer<ReceiverNews> news;
    private boolean joined;
    private boolean heard;
    private boolean tracks;
    private boolean live;

    Tidings(StreamPath path, SourceSettings source, Consumer<ReceiverNews> news) {
        this.path = path;
        this.source = source;
        this.news = news;
    }

    void failed(String why) {
        LOG.warn("receiving failed path={} source={} cause=\"{}\"", path, source, why);
        tell(ReceiverNews.Kind.FAILED, why);
    }

    /** @param again whether it has failed before */
    void joined(ReceptionPlan plan, boolean again) {
        if (again || !joined) {
            joined = true;
            LOG.info("receiving path={} source={} joined=\"{}\"", path, source, plan.text());
            boolean group = plan.paths().get(0).media().networkInterface().isPresent();
            tell(ReceiverNews.Kind.JOINED, (group ? "joined " : "listening on ") + plan.text());
        }
    }

    /** Looks how far it has come. */
    void progress(Reception receiving, StreamFeeder feeder, boolean complete) {
        if (!heard) {
            Optional<InetSocketAddress> from = receiving.sender();
            heard = from.isPresent();
            from.map(sender -> IpLiteral.text(sender.getAddress(), sender.getPort()))
                    .ifPresent(sender -> {
                        LOG.info("datagrams come path={} from={}", path, sender);
                        tell(ReceiverNews.Kind.HEARD, "datagrams come from " + sender);
                    });
        }
        if (!tracks && complete && !feeder.tracks().isEmpty()) {
            tracks = true;
            tracks(feeder, receiving);
        }
        if (feeder.publishes() != live) {
            live = feeder.publishes();
            if (live) {
                tell(ReceiverNews.Kind.PUBLISHED, "the stream is live");
            }
        }
    }

    private void tracks(StreamFeeder feeder, Reception receiving) {
        String names = String.join(
                ", ",
                feeder.tracks().values().stream()
                        .map(Track::config)
                        .map(config -> config.codecName())
                        .sorted()
                        .toList());
        String leftOut = Usability.leftOut(receiving.program())
                .map(list -> "; left out: " + list)
                .orElse("");
        LOG.info("tracks path={} tracks=\"{}\"", path, names + leftOut);
        tell(ReceiverNews.Kind.TRACKS, "the stream consists of " + names + leftOut);
    }

    void silent(Silence silence) {
        LOG.warn("silence path={} cause={} explanation=\"{}\"", path, silence.cause(), silence.text());
        tell(ReceiverNews.Kind.SILENT, silence.text());
    }

    void back(ReceiverSettings settings, Optional<Silence> before) {
        long silentS = before.map(Silence::duration).orElse(Duration.ZERO).toSeconds();
        LOG.info("silence over path={} address=\"{}\" afterS={}", path, settings, silentS);
        tell(ReceiverNews.Kind.BACK, "datagrams come again for " + settings + " after " + silentS + " s");
    }

    void unusable(String why) {
        LOG.warn("nothing usable path={} cause=\"{}\"", path, why);
        tell(ReceiverNews.Kind.UNUSABLE, why);
    }

    void usableAgain() {
        LOG.info("usable again path={}", path);
        tell(ReceiverNews.Kind.BACK, "the stream can be used again");
    }

    private void tell(ReceiverNews.Kind kind, String text) {
        news.accept(new ReceiverNews(path, kind, text));
    }
}

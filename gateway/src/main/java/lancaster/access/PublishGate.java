package lancaster.access;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongSupplier;
import lancaster.rtmp.message.NetStatus;
import lancaster.rtmp.session.PublishHandler;
import lancaster.rtmp.session.PublishReply;
import lancaster.rtmp.session.PublishRequest;
import lancaster.stream.PublishOutcome;
import lancaster.stream.PublisherInfo;
import lancaster.stream.StreamPath;
import lancaster.stream.StreamRegistry;
import lancaster.stream.StreamSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where publishers come in: is there such a stream, is the key right, is the name free. Keys are judged on the control
 * thread, because they lie in files; the answer is given on the publisher's loop.
 */
public final class PublishGate {
    private static final Logger LOG = LoggerFactory.getLogger(PublishGate.class);

    /**
     * What is configured for a stream.
     *
     * @param source where it is fetched, for people; empty: encoders may publish it
     */
    public record Entry(KeySource key, StreamSettings settings, Optional<String> source) {}

    private final Function<StreamPath, Optional<Entry>> entries;
    private final KeyRing keys;
    private final AttemptLimiter attempts;
    private final Executor control;
    private final StreamRegistry streams;
    private final LogBudget logBudget;

    /**
     * @param reason for the log
     * @param description a sentence for who sits at the encoder
     */
    private record Refusal(NetStatus code, String reason, String description) {}

    /** @param protocol by which it came */
    private record Wish(String protocol, PublishRequest request, PublishReply reply) {}

    /**
     * @param entries what is configured; empty for a stream that nobody may publish
     * @param control one thread, which may read files
     * @param nowNs its clock
     */
    public PublishGate(
            Function<StreamPath, Optional<Entry>> entries,
            KeyRing keys,
            AccessSettings settings,
            Executor control,
            LongSupplier nowNs,
            StreamRegistry streams) {
        this.entries = entries;
        this.keys = keys;
        this.attempts = new AttemptLimiter(settings, nowNs);
        this.control = control;
        this.streams = streams;
        this.logBudget = new LogBudget(nowNs);
    }

    /** Attempts with a wrong key, and those that weren't looked at because too many had failed. */
    public AccessStats stats() {
        return attempts.stats();
    }

    /** From now on by {@code settings}. On the control thread. */
    public void apply(AccessSettings settings) {
        attempts.apply(settings);
    }

    /** For those who come in by {@code protocol}, as API, metrics and log call it: {@code "rtmp"}, {@code "rtmps"}, {@code "rtmfp"}. */
    public PublishHandler over(String protocol) {
        return (request, reply) -> publish(new Wish(protocol, request, reply));
    }

    private void publish(Wish wish) {
        PublishRequest request = wish.request();
        Optional<Entry> entry = entries.apply(request.path());
        if (entry.isEmpty()) {
            String description = "this gateway has no stream " + request.path();
            refuse(wish, new Refusal(NetStatus.PUBLISH_BAD_NAME, "unknown-stream", description));
            return;
        }
        if (entry.get().source().isPresent()) {
            String description =
                    request.path() + " comes from " + entry.get().source().get() + " and is not published";
            refuse(wish, new Refusal(NetStatus.PUBLISH_BAD_NAME, "has-source", description));
            return;
        }
        control.execute(() -> {
            Optional<Refusal> refusal = judge(request, entry.get().key());
            request.loop()
                    .execute(() -> refusal.ifPresentOrElse(
                            why -> refuse(wish, why),
                            () -> enter(wish, entry.get().settings())));
        });
    }

    /** On the control thread: why the key doesn't do; empty if it does. */
    private Optional<Refusal> judge(PublishRequest request, KeySource source) {
        if (source instanceof KeySource.Open) {
            return Optional.empty();
        }
        if (request.key().isEmpty()) {
            return denied("no-key", "publishing here needs a key: put ?key=KEY behind the stream's name");
        }
        String address = request.remoteAddress();
        long waitNs = attempts.waitNs(address);
        if (waitNs > 0) {
            attempts.ignored();
            long seconds = waitNs / 1_000_000_000 + 1;
            return denied("too-many-attempts", "too many wrong keys came from this address, wait " + seconds + " s");
        }
        if (!keys.isGood(request.path(), source, request.key().get())) {
            attempts.failed(address);
            return denied("wrong-key", "the key is wrong");
        }
        return Optional.empty();
    }

    private static Optional<Refusal> denied(String reason, String description) {
        return Optional.of(new Refusal(NetStatus.PUBLISH_DENIED, reason, description));
    }

    private void enter(Wish wish, StreamSettings settings) {
        PublishRequest request = wish.request();
        PublisherInfo info = new PublisherInfo(wish.protocol(), request.remoteAddress(), request.encoder());
        PublishOutcome outcome = streams.publish(request.path(), info, request.control(), request.loop(), settings);
        if (outcome instanceof PublishOutcome.Accepted accepted) {
            wish.reply().accept(accepted.publication());
        } else if (outcome instanceof PublishOutcome.Refused refused) {
            String reason = refused.reason().toString().toLowerCase(Locale.ROOT);
            refuse(wish, new Refusal(NetStatus.PUBLISH_BAD_NAME, reason, refused.description()));
        }
    }

    private void refuse(Wish wish, Refusal refusal) {
        OptionalLong unsaid = logBudget.take();
        if (unsaid.isPresent()) {
            LOG.info(
                    "publish refused path={} protocol={} from={} reason={} unsaid={}",
                    wish.request().path(),
                    wish.protocol(),
                    wish.request().remoteAddress(),
                    refusal.reason(),
                    unsaid.getAsLong());
        }
        wish.reply().refuse(refusal.code(), refusal.description());
    }
}

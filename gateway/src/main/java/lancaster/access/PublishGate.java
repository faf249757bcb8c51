package lancaster.access;

import java.util.Optional;
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
public final class PublishGate implements PublishHandler {
    private static final Logger LOG = LoggerFactory.getLogger(PublishGate.class);

    /** What is configured for a stream that may be published. */
    public record Entry(KeySource key, StreamSettings settings) {}

    private final Function<StreamPath, Optional<Entry>> entries;
    private final KeyRing keys;
    private final AttemptLimiter attempts;
    private final Executor control;
    private final StreamRegistry streams;

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
    }

    /** Attempts with a wrong key, and those that weren't looked at because too many had failed. */
    public AccessStats stats() {
        return attempts.stats();
    }

    @Override
    public void publish(PublishRequest request, PublishReply reply) {
        Optional<Entry> entry = entries.apply(request.path());
        if (entry.isEmpty()) {
            refuse(request, reply, NetStatus.PUBLISH_BAD_NAME, "this gateway has no stream " + request.path());
            return;
        }
        control.execute(() -> {
            Optional<String> refusal = judge(request, entry.get().key());
            request.loop()
                    .execute(() -> refusal.ifPresentOrElse(
                            description -> refuse(request, reply, NetStatus.PUBLISH_DENIED, description),
                            () -> enter(request, reply, entry.get().settings())));
        });
    }

    /** On the control thread: why the key doesn't do, in words for people; empty if it does. */
    private Optional<String> judge(PublishRequest request, KeySource source) {
        if (source instanceof KeySource.Open) {
            return Optional.empty();
        }
        if (request.key().isEmpty()) {
            return Optional.of("publishing here needs a key: put ?key=KEY behind the stream's name");
        }
        String address = request.remoteAddress();
        long waitNs = attempts.waitNs(address);
        if (waitNs > 0) {
            attempts.ignored();
            return Optional.of("too many wrong keys from this address, wait " + (waitNs / 1_000_000_000 + 1) + " s");
        }
        if (!keys.isGood(request.path(), source, request.key().get())) {
            attempts.failed(address);
            return Optional.of("the key is wrong");
        }
        return Optional.empty();
    }

    private void enter(PublishRequest request, PublishReply reply, StreamSettings settings) {
        PublisherInfo info = new PublisherInfo("rtmp", request.remoteAddress(), request.encoder());
        PublishOutcome outcome = streams.publish(request.path(), info, request.control(), request.loop(), settings);
        if (outcome instanceof PublishOutcome.Accepted accepted) {
            reply.accept(accepted.publication());
        } else if (outcome instanceof PublishOutcome.Refused refused) {
            refuse(request, reply, NetStatus.PUBLISH_BAD_NAME, refused.description());
        }
    }

    private static void refuse(PublishRequest request, PublishReply reply, NetStatus code, String description) {
        LOG.info(
                "publish refused path={} from={} code={} reason={}",
                request.path(),
                request.remoteAddress(),
                code.code(),
                description);
        reply.refuse(code, description);
    }
}

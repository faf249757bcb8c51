package lancaster.rtmp.session;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import lancaster.media.MediaEvent;
import lancaster.rtmp.message.NetStatus;
import lancaster.stream.EndReason;

/** Lets everyone publish whose key isn't {@code "wrong"}, and keeps what they publish. Readable from any thread. */
public final class FakePublishHandler implements PublishHandler {
    /** A publication as it was recorded. */
    public static final class Recorded {
        public final PublishRequest request;
        public final List<MediaEvent> events = new CopyOnWriteArrayList<>();
        public final BlockingQueue<EndReason> ends = new LinkedBlockingQueue<>();

        Recorded(PublishRequest request) {
            this.request = request;
        }

        /** Why it ended, waiting for the end if need be. */
        public EndReason end() throws InterruptedException {
            EndReason reason = ends.poll(60, TimeUnit.SECONDS);
            if (reason == null) {
                throw new AssertionError("the publication doesn't end: " + request);
            }
            return reason;
        }
    }

    private final BlockingQueue<Recorded> publications = new LinkedBlockingQueue<>();
    private final Consumer<MediaEvent> watcher;

    public FakePublishHandler() {
        this(event -> {});
    }

    /** {@code watcher} sees each event too, on the publisher's loop. */
    public FakePublishHandler(Consumer<MediaEvent> watcher) {
        this.watcher = watcher;
    }

    @Override
    public void publish(PublishRequest request, PublishReply reply) {
        if (request.key().filter("wrong"::equals).isPresent()) {
            reply.refuse(NetStatus.PUBLISH_DENIED, "the key is wrong");
            return;
        }
        Recorded recorded = new Recorded(request);
        reply.accept(
                event -> {
                    recorded.events.add(event);
                    watcher.accept(event);
                },
                recorded.ends::add);
        publications.add(recorded);
    }

    /** The next publication, waiting for it if need be. */
    public Recorded next() throws InterruptedException {
        Recorded recorded = publications.poll(60, TimeUnit.SECONDS);
        if (recorded == null) {
            throw new AssertionError("nobody publishes");
        }
        return recorded;
    }

    /** Publications that nobody has asked for yet. */
    public int waiting() {
        return publications.size();
    }
}

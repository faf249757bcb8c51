package lancaster.api;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import lancaster.bytes.Bytes;

/** Events as one reader gets them: server-sent events (HTML Living Standard §9.2). */
final class EventFeed implements Feed {
    static final String CONTENT_TYPE = "text/event-stream";

    private static final int BATCH = 64;
    private static final String RETRY = "retry: 2000\n\n";

    private final Events events;
    private final AtomicBoolean woken = new AtomicBoolean();
    private final Runnable listener = this::onNews;
    private Runnable wake = () -> {};
    private long next;
    private boolean begun;

    /** @param behind the id of the event that was got last; empty to begin with what comes now */
    EventFeed(Events events, Optional<String> behind) {
        this.events = events;
        this.next = behind.map(events::behind).orElseGet(events::next);
    }

    @Override
    public void open(Runnable wakeReader) {
        wake = wakeReader;
        events.enter(listener);
    }

    private void onNews() {
        if (!woken.getAndSet(true)) {
            wake.run();
        }
    }

    @Override
    public Bytes next() {
        woken.set(false);
        Events.Batch batch = events.from(next, BATCH);
        StringBuilder text = new StringBuilder();
        if (!begun) {
            begun = true;
            text.append(RETRY);
        }
        if (batch.missed() > 0) {
            text.append("event: missed\ndata: {\"count\":")
                    .append(batch.missed())
                    .append("}\n\n");
        }
        for (Events.Event event : batch.events()) {
            text.append("id: ")
                    .append(events.id(event.number()))
                    .append("\nevent: ")
                    .append(event.type())
                    .append("\ndata: ")
                    .append(event.data())
                    .append("\n\n");
        }
        next = batch.next();
        return Bytes.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Bytes heartbeat() {
        return Bytes.wrap(":\n\n".getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        events.leave(listener);
    }
}

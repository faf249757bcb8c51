package lancaster.api;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What happened lately, for readers who want to hear of it at once. The last events are kept once for all readers, who
 * each remember how far they are: one that falls behind is told how many it missed. From any thread.
 */
public final class Events {
    /** Enough for what a reader misses while it reconnects. */
    static final int KEPT = 1_000;

    static final int MAX_READERS = 64;
    private static final int MAX_DATA_CHARS = 16 << 10;
    private static final int RADIX = 36;
    private static final int FIRST_ERROR = 400;
    private static final int MAX_PATH_CHARS = 1_000;

    /**
     * @param number counts from 1 on since the gateway started
     * @param type a word or several with dots
     * @param data a JSON object on one line
     */
    record Event(long number, String type, String data) {}

    /**
     * What a reader gets at once.
     *
     * @param missed how many events were gone already
     * @param next the number of the event that comes after these
     */
    record Batch(long missed, List<Event> events, long next) {}

    private final InstantSource clock;
    private final String start;
    private final Deque<Event> kept = new ArrayDeque<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private long last;

    public Events(InstantSource clock) {
        this.clock = clock;
        this.start = Long.toString(clock.millis(), RADIX);
    }

    /**
     * Tells all readers.
     *
     * @param body besides the time; no secrets: who may view may read it
     */
    public void tell(String type, Json.Body body) {
        String data = new String(
                Json.object(json -> {
                            json.writeStringField("at", clock.instant().toString());
                            body.write(json);
                        })
                        .toArray(),
                java.nio.charset.StandardCharsets.UTF_8);
        if (data.length() > MAX_DATA_CHARS) {
            throw new IllegalArgumentException("the event " + type + " is too large to be told");
        }
        synchronized (this) {
            last++;
            kept.addLast(new Event(last, type, data));
            if (kept.size() > KEPT) {
                kept.removeFirst();
            }
        }
        for (Runnable listener : listeners) {
            try {
                listener.run();
            } catch (RuntimeException e) {
                // Its thread is going down.
                leave(listener);
            }
        }
    }

    /** Lets those who watch know of changes by others. */
    public void tellChange(Route route, ApiRequest request, int status) {
        if (status < FIRST_ERROR) {
            String path = request.path();
            tell("change", json -> {
                json.writeStringField("who", request.who().name());
                json.writeStringField("method", route.method());
                json.writeStringField("path", path.substring(0, Math.min(MAX_PATH_CHARS, path.length())));
                json.writeStringField("what", route.summary());
            });
        }
    }

    /** The events from {@code number} on, at most {@code limit}. */
    synchronized Batch from(long number, int limit) {
        long first = last - kept.size() + 1;
        long begin = Math.max(number, first);
        List<Event> events = new ArrayList<>();
        for (Event event : kept) {
            if (event.number() >= begin && events.size() < limit) {
                events.add(event);
            }
        }
        return new Batch(begin - number, events, begin + events.size());
    }

    /** The number of the event that comes next. */
    synchronized long next() {
        return last + 1;
    }

    /** As readers give it back to go on behind it. */
    String id(long number) {
        return start + '-' + number;
    }

    /** The number of the event behind {@code id}; that of the oldest there is where the gateway has restarted since. */
    synchronized long behind(String id) {
        int dash = id.indexOf('-');
        long oldest = last - kept.size() + 1;
        if (dash < 0 || !id.substring(0, dash).equals(start)) {
            return oldest;
        }
        try {
            long number = Long.parseLong(id.substring(dash + 1));
            return number >= 0 && number <= last ? number + 1 : oldest;
        } catch (NumberFormatException e) {
            return oldest;
        }
    }

    boolean isFull() {
        return listeners.size() >= MAX_READERS;
    }

    void enter(Runnable listener) {
        listeners.add(listener);
    }

    void leave(Runnable listener) {
        listeners.remove(listener);
    }
}

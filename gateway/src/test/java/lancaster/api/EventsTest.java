package lancaster.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lancaster.bytes.Bytes;
import org.junit.jupiter.api.Test;

/** Events and how readers get them. */
class EventsTest {
    private static final Instant ZERO = Instant.ofEpochSecond(1_800_000_000);

    private final Events events = new Events(() -> ZERO);

    private void tell(int count) {
        for (int i = 0; i < count; i++) {
            int value = i;
            events.tell("count", json -> json.writeNumberField("n", value));
        }
    }

    private static String text(Bytes bytes) {
        return new String(bytes.toArray(), StandardCharsets.UTF_8);
    }

    private static List<String> ids(String text) {
        return text.lines()
                .filter(line -> line.startsWith("id: "))
                .map(line -> line.substring(4))
                .toList();
    }

    /** All there is, and the id of the last event. */
    private static String drain(Feed feed) {
        StringBuilder all = new StringBuilder();
        for (Bytes next = feed.next(); !next.isEmpty(); next = feed.next()) {
            all.append(text(next));
        }
        return all.toString();
    }

    @Test
    void whoComesHearsWhatHappensFromNowOn() {
        tell(1);
        EventFeed feed = new EventFeed(events, Optional.empty());
        tell(1);
        String text = drain(feed);
        assertTrue(text.startsWith("retry: 2000\n\nid: "), text);
        assertTrue(text.endsWith("\nevent: count\ndata: {\"at\":\"" + ZERO + "\",\"n\":0}\n\n"), text);
        assertEquals(1, ids(text).size());
        assertEquals("", drain(feed));
    }

    @Test
    void whoComesBackGoesOnBehindTheLastOne() {
        EventFeed feed = new EventFeed(events, Optional.empty());
        tell(3);
        List<String> ids = ids(drain(feed));
        assertEquals(ids.subList(1, 3), ids(drain(new EventFeed(events, Optional.of(ids.get(0))))));
        assertEquals(List.of(), ids(drain(new EventFeed(events, Optional.of(ids.get(2))))));
    }

    @Test
    void whoKnowsAnotherStartOrNonsenseGetsAllThereIs() {
        tell(3);
        for (String id : List.of("zz-1", "", "-", "1", events.id(4), events.id(-1), events.id(0) + "x")) {
            assertEquals(3, ids(drain(new EventFeed(events, Optional.of(id)))).size(), id);
        }
    }

    @Test
    void whoFallsBehindIsToldHowMuchIsMissing() {
        EventFeed feed = new EventFeed(events, Optional.empty());
        tell(Events.KEPT + 7);
        String text = drain(feed);
        assertTrue(text.contains("event: missed\ndata: {\"count\":7}\n\n"), text.substring(0, 200));
        assertEquals(Events.KEPT, ids(text).size());
    }

    @Test
    void aReaderIsWokenOnceUntilItReads() {
        List<String> woken = new ArrayList<>();
        EventFeed feed = new EventFeed(events, Optional.empty());
        feed.open(() -> woken.add("now"));
        tell(5);
        assertEquals(1, woken.size());
        drain(feed);
        tell(1);
        assertEquals(2, woken.size());
        feed.close();
        drain(feed);
        tell(1);
        assertEquals(2, woken.size());
    }

    @Test
    void aReaderWhoseThreadIsGoneIsForgotten() {
        EventFeed feed = new EventFeed(events, Optional.empty());
        feed.open(() -> {
            throw new IllegalStateException("shut down");
        });
        tell(2);
        drain(feed);
        tell(1);
        assertEquals(1, ids(drain(feed)).size());
    }

    @Test
    void readersAreBounded() {
        List<EventFeed> feeds = new ArrayList<>();
        while (!events.isFull()) {
            EventFeed feed = new EventFeed(events, Optional.empty());
            feed.open(() -> {});
            feeds.add(feed);
        }
        assertEquals(Events.MAX_READERS, feeds.size());
        feeds.get(0).close();
        feeds.get(0).close();
        assertFalse(events.isFull());
    }
}

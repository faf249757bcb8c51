package lancaster.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import lancaster.access.Role;
import lancaster.doctor.Finding;
import lancaster.doctor.Report;
import org.junit.jupiter.api.Test;

/** Findings by the API. */
class DoctorRoutesTest {
    private static final String DOCTOR = "/api/v1/doctor";

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.ofEpochSecond(1_800_000_000));
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private boolean failing;
    private final Events events = new Events(now::get);
    private final DoctorRoutes routes = new DoctorRoutes(this::examine, tasks::add, now::get, events);

    private Report examine() throws IOException {
        if (failing) {
            throw new IOException("no /proc here");
        }
        return new Report("kernel tables", 1_000_000_000, List.of(Finding.ok("links", "eth0", "is up")));
    }

    private Asked get() {
        return Asked.of(routes, Role.VIEW, "GET", DOCTOR, "");
    }

    @Test
    void whoAsksFirstHasOneMadeAndLaterGetsIt() {
        assertEquals("running", get().text("state"));
        assertEquals("running", get().text("state"));
        assertEquals(1, tasks.size(), "only one at a time");
        tasks.remove().run();
        Asked done = get();
        assertEquals("done", done.text("state"));
        assertEquals("eth0", done.body().at("/report/findings/0/interface").asText());
        assertEquals(0, tasks.size());
        JsonNode document = Json.read(OpenApi.document());
        assertEquals(
                List.of(),
                new SchemaCheck(document).faults(document.at("/components/schemas/Examination"), done.body()));
        assertTrue(events.from(1, 1).events().get(0).type().equals("doctor"));
    }

    @Test
    void findingsGrowOld() {
        get();
        tasks.remove().run();
        now.updateAndGet(at -> at.plus(DoctorRoutes.KEPT).plusSeconds(1));
        Asked old = get();
        assertEquals("running", old.text("state"));
        assertTrue(old.body().has("report"), "the old ones are shown meanwhile");
        assertEquals(1, tasks.size());
    }

    @Test
    void anOperatorHasOneMadeNow() {
        assertEquals(403, Asked.of(routes, Role.VIEW, "POST", DOCTOR, "").status());
        assertEquals(202, Asked.of(routes, Role.OPERATE, "POST", DOCTOR, "").status());
        assertEquals(1, tasks.size());
    }

    @Test
    void aFailureIsTold() {
        failing = true;
        get();
        tasks.remove().run();
        Asked failed = get();
        assertFalse(failed.body().has("report"));
        assertTrue(failed.text("failure").contains("no /proc here"));
    }
}

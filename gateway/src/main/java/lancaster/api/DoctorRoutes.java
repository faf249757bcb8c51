package lancaster.api;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import lancaster.access.Role;
import lancaster.doctor.Report;
import lancaster.doctor.ReportJson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the doctor finds. An examination takes its time: it runs by itself, and what it found is kept. Whoever asks for
 * findings that are missing or old has one made.
 */
public final class DoctorRoutes implements Routes {
    private static final Logger LOG = LoggerFactory.getLogger(DoctorRoutes.class);
    private static final String DOCTOR = "/api/v1/doctor";
    static final Duration KEPT = Duration.ofMinutes(10);

    /** Looks at this host and its network. */
    public interface Examination {
        Report examine() throws IOException;
    }

    /**
     * @param report empty where it failed
     */
    private record Outcome(Instant at, Optional<Report> report, String failure) {}

    private final Examination examination;
    private final Executor executor;
    private final InstantSource clock;
    private final Events events;
    private final AtomicBoolean running = new AtomicBoolean();
    private final AtomicReference<Optional<Outcome>> last = new AtomicReference<>(Optional.empty());

    /** @param executor a thread of its own, which may wait */
    public DoctorRoutes(Examination examination, Executor executor, InstantSource clock, Events events) {
        this.examination = examination;
        this.executor = executor;
        this.clock = clock;
        this.events = events;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route("GET", DOCTOR, Role.VIEW, "What the doctor found", Handler.now(this::findings)),
                new Route("POST", DOCTOR, Role.OPERATE, "Examine now", Handler.now(this::examine)));
    }

    private ApiResponse findings(ApiRequest request) {
        Optional<Outcome> known = last.get();
        if (known.isEmpty() || known.get().at().plus(KEPT).isBefore(clock.instant())) {
            start();
        }
        return answer(200);
    }

    private ApiResponse examine(ApiRequest request) {
        start();
        return answer(202);
    }

    private void start() {
        if (!running.getAndSet(true)) {
            executor.execute(this::run);
        }
    }

    private void run() {
        Outcome outcome;
        try {
            outcome = new Outcome(clock.instant(), Optional.of(examination.examine()), "");
        } catch (IOException | RuntimeException e) {
            LOG.warn("examination failed reason={}", e.toString());
            outcome = new Outcome(clock.instant(), Optional.empty(), e.toString());
        }
        last.set(Optional.of(outcome));
        running.set(false);
        events.tell("doctor", json -> json.writeStringField("state", "done"));
    }

    private ApiResponse answer(int status) {
        Optional<Outcome> outcome = last.get();
        String state = running.get() ? "running" : "done";
        return ApiResponse.json(status, json -> {
            json.writeStringField("state", state);
            if (outcome.isPresent()) {
                json.writeStringField("at", outcome.get().at().toString());
                if (outcome.get().report().isPresent()) {
                    json.writeObjectFieldStart("report");
                    ReportJson.write(json, outcome.get().report().get());
                    json.writeEndObject();
                } else {
                    json.writeStringField("failure", outcome.get().failure());
                }
            }
        });
    }
}

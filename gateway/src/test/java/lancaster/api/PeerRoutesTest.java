package lancaster.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import lancaster.access.Role;
import lancaster.directory.DirectorySettings;
import lancaster.directory.PeerDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The directory of peers by the API. */
class PeerRoutesTest {
    private static final String PEER = "0f".repeat(32);
    private static final String ANNA = "/api/v1/peers/anna";

    private Instant now = Instant.ofEpochSecond(1_800_000_000);
    private final PeerRoutes routes =
            new PeerRoutes(new PeerDirectory(DirectorySettings.DEFAULTS, () -> now), Runnable::run);

    private Asked ask(Role role, String method, String path, String body) {
        return Asked.of(routes, role, method, path, body);
    }

    @Test
    void aNameIsRegisteredFoundAndForgotten() {
        Asked put = ask(Role.OPERATE, "PUT", ANNA, "{\"peerId\": \"" + PEER + "\"}");
        assertEquals(200, put.status());
        assertEquals(now.plusSeconds(300).toString(), put.text("until"));
        assertEquals(PEER, ask(Role.VIEW, "GET", ANNA, "").text("peerId"));
        assertEquals(204, ask(Role.OPERATE, "DELETE", ANNA, "").status());
        assertEquals(404, ask(Role.VIEW, "GET", ANNA, "").status());
    }

    @Test
    void aRegistrationExpires() {
        ask(Role.OPERATE, "PUT", ANNA, "{\"peerId\": \"" + PEER + "\", \"validSeconds\": 5}");
        now = now.plusSeconds(5);
        assertEquals(404, ask(Role.VIEW, "GET", ANNA, "").status());
        assertEquals(
                0,
                ask(Role.VIEW, "GET", "/api/v1/peers", "").body().get("peers").size());
    }

    @Test
    void whoMayOnlyLookRegistersNothing() {
        assertEquals(
                403,
                ask(Role.VIEW, "PUT", ANNA, "{\"peerId\": \"" + PEER + "\"}").status());
        assertEquals(403, ask(Role.VIEW, "DELETE", ANNA, "").status());
    }

    @ParameterizedTest
    @CsvSource({"'{}'", "'{\"peerId\": \"0f\"}'", "'{\"peerId\": 5}'", "'{\"peerId\": \"0f\", \"name\": \"x\"}'"})
    void whatIsNoPeerIdIsRefused(String body) {
        assertEquals(422, ask(Role.OPERATE, "PUT", ANNA, body).status());
    }
}

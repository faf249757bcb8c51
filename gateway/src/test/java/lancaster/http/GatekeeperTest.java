package lancaster.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import lancaster.access.OneTimeSecret;
import lancaster.access.Role;
import lancaster.stream.CloseReason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in to manage, over HTTP. */
class GatekeeperTest {
    private static final String STREAMS = "/api/v1/streams";
    private static final String PUBLICATION = STREAMS + "/live/townhall/publication";
    private static final String LOGIN = "{\"name\":\"anna\",\"password\":\"correct horse battery\"}";

    @TempDir
    Path folder;

    private ServedStream stream;

    @BeforeEach
    void serve() throws IOException {
        stream = new ServedStream(folder, HttpSettings.DEFAULTS).run(4);
    }

    @AfterEach
    void close() throws IOException {
        stream.close();
    }

    @Test
    void theApiIsForNobodyUnknown() throws Exception {
        HttpResponse<byte[]> answer = stream.ask("GET", STREAMS, "");
        assertEquals(401, answer.statusCode());
        assertEquals("Bearer realm=\"lancaster\"", header(answer, "WWW-Authenticate"));
        assertEquals("application/problem+json", header(answer, "Content-Type"));
        assertEquals(401, stream.ask("DELETE", PUBLICATION, "").statusCode());
        assertEquals(
                401,
                stream.ask("GET", STREAMS, "", "Authorization", "Bearer lan_guessed")
                        .statusCode());
        assertEquals(
                401,
                stream.ask("GET", STREAMS, "", "Authorization", "Basic YTpi").statusCode());
        assertEquals(401, stream.ask("GET", "/api/v1/nothing", "").statusCode(), "not even what there is");
        assertEquals(200, stream.ask("GET", "/api/v1/me", "").statusCode());
        assertEquals(List.of(), stream.closed);
    }

    @Test
    void aTokenDoesWhatItsRoleMay() throws Exception {
        String token = "Bearer " + stream.managing.desk().addToken("cron", Role.VIEW, Optional.empty(), "anna");
        assertEquals(200, stream.ask("GET", STREAMS, "", "Authorization", token).statusCode());
        assertEquals(
                403,
                stream.ask("DELETE", PUBLICATION, "", "Authorization", token).statusCode());
        stream.managing.desk().removeToken("cron");
        assertEquals(401, stream.ask("GET", STREAMS, "", "Authorization", token).statusCode());
    }

    @Test
    void aBrowserLogsInAndOut() throws Exception {
        String cookie = logIn();
        assertEquals(200, stream.ask("GET", STREAMS, "", "Cookie", cookie).statusCode());
        String me = text(stream.ask("GET", "/api/v1/me", "", "Cookie", cookie));
        assertTrue(me.startsWith("{\"name\":\"anna\",\"role\":\"administer\",\"firstLogin\":false"), me);
        HttpResponse<byte[]> out =
                stream.ask("POST", "/api/v1/logout", "", "Cookie", cookie, "X-Lancaster-Request", "1");
        assertEquals(204, out.statusCode());
        assertTrue(header(out, "Set-Cookie").contains("Max-Age=0"));
        assertEquals(401, stream.ask("GET", STREAMS, "", "Cookie", cookie).statusCode());
    }

    @Test
    void theCookieIsForThisSiteAndNotForScripts() throws Exception {
        String set = header(firstLogin(), "Set-Cookie");
        assertTrue(
                set.matches("lancaster-session=[a-z2-7]{52}; Path=/; Max-Age=43200; HttpOnly; SameSite=Strict"), set);
    }

    @Test
    void aLoginEndsTheSessionBefore() throws Exception {
        String before = logIn();
        HttpResponse<byte[]> again =
                stream.ask("POST", "/api/v1/login", LOGIN, "Cookie", before, "X-Lancaster-Request", "1");
        assertEquals(200, again.statusCode());
        assertEquals(401, stream.ask("GET", STREAMS, "", "Cookie", before).statusCode());
        assertEquals(
                200, stream.ask("GET", STREAMS, "", "Cookie", cookie(again)).statusCode());
    }

    @ParameterizedTest
    @CsvSource({
        "Origin,http://evil.example",
        "Origin,null",
        "Origin,http://localhost:1",
        "Sec-Fetch-Site,cross-site",
        "Sec-Fetch-Site,same-site",
    })
    void pagesOfOtherOriginsCantDriveABrowser(String name, String value) throws Exception {
        String cookie = logIn();
        assertEquals(
                403,
                stream.ask("GET", STREAMS, "", "Cookie", cookie, name, value).statusCode());
        assertEquals(
                403,
                stream.ask("DELETE", PUBLICATION, "", "Cookie", cookie, "X-Lancaster-Request", "1", name, value)
                        .statusCode());
        assertEquals(
                403, stream.ask("POST", "/api/v1/login", LOGIN, name, value).statusCode(), "nor log it in");
        assertEquals(List.of(), stream.closed);
    }

    @Test
    void whatChangesSomethingNeedsOurOwnHeader() throws Exception {
        String cookie = logIn();
        assertEquals(
                403, stream.ask("DELETE", PUBLICATION, "", "Cookie", cookie).statusCode());
        assertEquals(List.of(), stream.closed);
        assertEquals(
                204,
                stream.ask(
                                "DELETE",
                                PUBLICATION,
                                "",
                                "Cookie",
                                cookie,
                                "X-Lancaster-Request",
                                "1",
                                "Sec-Fetch-Site",
                                "same-origin")
                        .statusCode());
        stream.loop.runDue();
        assertEquals(
                List.of(CloseReason.Kind.KICKED),
                stream.closed.stream().map(CloseReason::kind).toList());
    }

    @Test
    void noPageOfAnotherOriginMayReadTheApi() throws Exception {
        HttpResponse<byte[]> answer = stream.get(STREAMS);
        assertTrue(header(answer, "Access-Control-Allow-Origin").startsWith("(no"));
        assertEquals("same-origin", header(answer, "Cross-Origin-Resource-Policy"));
        assertEquals(
                "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
                header(answer, "Content-Security-Policy"));
        assertEquals("no-store", header(answer, "Cache-Control"));
        assertEquals("nosniff", header(answer, "X-Content-Type-Options"));
    }

    @Test
    void guessingIsAnsweredAndThenMadeToWait() throws Exception {
        firstLogin();
        String wrong = LOGIN.replace("correct", "wrong");
        for (int i = 0; i < 5; i++) {
            HttpResponse<byte[]> answer = stream.ask("POST", "/api/v1/login", wrong);
            assertEquals(401, answer.statusCode());
            assertFalse(text(answer).contains("horse"));
        }
        assertEquals(429, stream.ask("POST", "/api/v1/login", LOGIN).statusCode());
        stream.loop.advanceNs(Duration.ofSeconds(2).toNanos());
        assertEquals(200, stream.ask("POST", "/api/v1/login", LOGIN).statusCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "{\"name\":\"anna\"}", "{\"name\":1,\"password\":2}", "{\"user\":\"a\"}", "nonsense"})
    void whatIsNoLoginIsSaidSo(String body) throws Exception {
        int status = stream.ask("POST", "/api/v1/login", body).statusCode();
        assertTrue(status == 400 || status == 422, status + " for " + body);
    }

    @Test
    void theOneTimeSecretIsGoodOnce() throws Exception {
        assertTrue(text(stream.ask("GET", "/api/v1/me", "")).contains("\"firstLogin\":true"));
        String wrong = "{\"secret\":\"guess\",\"name\":\"eve\",\"password\":\"correct horse battery\"}";
        assertEquals(401, stream.ask("POST", "/api/v1/first-login", wrong).statusCode());
        assertEquals(200, firstLogin().statusCode());
        assertEquals(401, stream.ask("POST", "/api/v1/first-login", wrong).statusCode());
    }

    @Test
    void accountsAreMadeAndChangedByAdministrators() throws Exception {
        String cookie = logIn();
        String ben = "{\"name\":\"ben\",\"role\":\"view\",\"password\":\"another password\"}";
        String[] own = {"Cookie", cookie, "X-Lancaster-Request", "1"};
        assertEquals(201, stream.ask("POST", "/api/v1/accounts", ben, own).statusCode());
        assertEquals(422, stream.ask("POST", "/api/v1/accounts", ben, own).statusCode());
        HttpResponse<byte[]> login =
                stream.ask("POST", "/api/v1/login", "{\"name\":\"ben\",\"password\":\"another password\"}");
        String[] bens = {"Cookie", cookie(login), "X-Lancaster-Request", "1"};
        assertEquals(403, stream.ask("GET", "/api/v1/accounts", "", bens).statusCode());
        assertEquals(403, stream.ask("DELETE", PUBLICATION, "", bens).statusCode());
        assertEquals(
                204,
                stream.ask("PATCH", "/api/v1/accounts/ben", "{\"role\":\"operate\"}", own)
                        .statusCode());
        assertEquals(204, stream.ask("DELETE", PUBLICATION, "", bens).statusCode());
        String change = "{\"old\":\"another password\",\"new\":\"a third password\"}";
        assertEquals(
                401,
                stream.ask("PUT", "/api/v1/me/password", change.replace("another", "wrong"), bens)
                        .statusCode());
        stream.loop.advanceNs(1);
        assertEquals(204, stream.ask("PUT", "/api/v1/me/password", change, bens).statusCode());
        assertEquals(401, stream.ask("GET", STREAMS, "", bens).statusCode(), "log in anew");
        assertEquals(204, stream.ask("DELETE", "/api/v1/accounts/ben", "", own).statusCode());
        assertEquals(404, stream.ask("DELETE", "/api/v1/accounts/ben", "", own).statusCode());
        assertEquals(422, stream.ask("DELETE", "/api/v1/accounts/anna", "", own).statusCode(), "the last one");
        assertFalse(text(stream.ask("GET", "/api/v1/accounts", "", own)).contains("argon2"));
    }

    @Test
    void metricsCanBeClosed() throws Exception {
        assertEquals(200, stream.get("/metrics").statusCode());
        stream.openMetrics = false;
        assertEquals(401, stream.get("/metrics").statusCode());
        assertEquals(
                200,
                stream.get("/metrics", "Authorization", stream.authorization()).statusCode());
    }

    private String logIn() throws Exception {
        return cookie(firstLogin());
    }

    private HttpResponse<byte[]> firstLogin() throws Exception {
        OneTimeSecret secret = new OneTimeSecret(
                folder.resolve("access"),
                new SplittableRandom(5),
                () -> ServedStream.ZERO.plusNanos(stream.loop.nowNs()));
        String body = "{\"secret\":\"" + secret.make(false) + "\"," + LOGIN.substring(1);
        return stream.ask("POST", "/api/v1/first-login", body);
    }

    private static String cookie(HttpResponse<byte[]> answer) {
        return header(answer, "Set-Cookie").replaceAll(";.*", "");
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static String header(HttpResponse<byte[]> answer, String name) {
        return answer.headers().firstValue(name).orElse("(no " + name + ")");
    }
}

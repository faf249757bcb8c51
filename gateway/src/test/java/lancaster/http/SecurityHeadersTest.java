package lancaster.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.shapesecurity.salvation2.Policy;
import com.shapesecurity.salvation2.URLs.GUID;
import com.shapesecurity.salvation2.URLs.URI;
import com.shapesecurity.salvation2.URLs.URLWithScheme;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What browsers are told not to do, as a reader of such policies that others wrote understands it. */
class SecurityHeadersTest {
    private static final Optional<String> NO_NONCE = Optional.empty();
    private static final Optional<Boolean> BY_PARSER = Optional.of(true);
    private static final Optional<URLWithScheme> OWN = url("http://box.example:8080/");
    private static final Optional<URLWithScheme> EVIL = url("https://evil.example/x");

    private static final Optional<URLWithScheme> BLOB =
            GUID.parseGUID("blob:http://box.example:8080/1").map(found -> (URLWithScheme) found);

    @TempDir
    Path folder;

    private static Optional<URLWithScheme> url(String text) {
        return URI.parseURI(text).map(found -> (URLWithScheme) found);
    }

    @Test
    void pagesLoadWhatTheBoxServesAndRunNothingElse() throws Exception {
        try (ServedStream stream = new ServedStream(folder, HttpSettings.DEFAULTS).run(4)) {
            for (String page : List.of("/", "/admin/", "/live/townhall")) {
                Policy policy = policy(stream, page);
                assertNothingForeign(policy, page);
                assertTrue(
                        policy.allowsExternalScript(NO_NONCE, Optional.empty(), own("ui/common.js"), BY_PARSER, OWN));
                assertTrue(policy.allowsExternalStyle(NO_NONCE, own("ui/style.css"), OWN), page);
                assertTrue(policy.allowsImage(own("live/townhall.jpg"), OWN), page);
                assertTrue(policy.allowsConnection(own("api/v1/events"), OWN), page);
                assertTrue(policy.allowsMedia(BLOB, OWN), page);
                assertTrue(policy.allowsWorker(BLOB, OWN), page);
            }
        }
    }

    @Test
    void answersOfTheApiAreNoPages() throws Exception {
        try (ServedStream stream = new ServedStream(folder, HttpSettings.DEFAULTS).run(4)) {
            for (String path : List.of("/api/v1/me", "/api/v1/streams", "/api/v1/nothing")) {
                Policy policy = policy(stream, path);
                assertNothingForeign(policy, path);
                assertFalse(policy.allowsImage(own("x.png"), OWN), path);
                assertFalse(policy.allowsConnection(own("x"), OWN), path);
                assertFalse(policy.allowsFrameAncestor(OWN, OWN), path);
            }
        }
    }

    /** Of its policy; the reader has nothing to complain of. */
    private static Policy policy(ServedStream stream, String path) throws Exception {
        HttpResponse<byte[]> answer = stream.ask("GET", path, "");
        assertEquals(
                "nosniff", answer.headers().firstValue("X-Content-Type-Options").orElse(""), path);
        List<String> complaints = new ArrayList<>();
        Policy policy = Policy.parseSerializedCSP(
                answer.headers().firstValue("Content-Security-Policy").orElseThrow(),
                (severity, message, directive, value) -> complaints.add(severity + " " + message));
        assertEquals(List.of(), complaints, path);
        return policy;
    }

    private static void assertNothingForeign(Policy policy, String path) {
        assertFalse(policy.allowsEval(), path);
        assertFalse(policy.allowsInlineScript(NO_NONCE, Optional.of("alert(1)"), BY_PARSER), path);
        assertFalse(policy.allowsScriptAsAttribute(Optional.of("alert(1)")), path);
        assertFalse(policy.allowsJavascriptUrlNavigation(Optional.of("alert(1)"), OWN), path);
        assertFalse(policy.allowsInlineStyle(NO_NONCE, Optional.of("* { display: none }")), path);
        assertFalse(policy.allowsExternalScript(NO_NONCE, Optional.empty(), EVIL, BY_PARSER, OWN), path);
        assertFalse(policy.allowsExternalScript(NO_NONCE, Optional.empty(), BLOB, BY_PARSER, OWN));
        assertFalse(policy.allowsExternalStyle(NO_NONCE, EVIL, OWN), path);
        assertFalse(policy.allowsConnection(EVIL, OWN), path);
        assertFalse(policy.allowsImage(EVIL, OWN), path);
        assertFalse(policy.allowsMedia(EVIL, OWN), path);
        assertFalse(policy.allowsObject(own("x.swf"), OWN), path);
        assertFalse(policy.allowsFrame(EVIL, OWN), path);
        assertFalse(policy.allowsFormAction(EVIL, Optional.of(false), EVIL, OWN), path);
        assertFalse(policy.allowsFrameAncestor(EVIL, OWN), path);
        assertTrue(policy.baseUri().isPresent(), path);
    }

    private static Optional<URLWithScheme> own(String path) {
        return url("http://box.example:8080/" + path);
    }
}

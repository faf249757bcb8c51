package lancaster.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lancaster.access.AddressRange;
import lancaster.access.KeySource;
import lancaster.access.viewing.SignedAddress;
import lancaster.access.viewing.ViewingSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One rule for every format, over HTTP. */
class ViewersTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    /** Of every format that there is of a stream, one address. */
    private static final List<String> FORMATS = List.of(
            "/live/townhall.m3u8",
            "/live/townhall/ts/video.m3u8",
            "/live/townhall/ts/2.ts",
            "/live/townhall/fmp4/video.m3u8",
            "/live/townhall/fmp4/init-1.mp4",
            "/live/townhall/fmp4/2.m4s",
            "/live/townhall.sdp",
            "/live/townhall.m3u");

    /** Those that have no end, or another address. */
    private static final List<String> OTHERS = List.of(
            "/live/townhall.f4m",
            "/live/townhall.flv",
            "/live/townhall.ts",
            "/live/townhall.jpg",
            "/hls-live/live/_definst_/townhall/townhall.m3u8",
            "/hds-live/live/_definst_/townhall/townhall.f4m");

    @TempDir
    Path folder;

    private ServedStream stream;

    @BeforeEach
    void serve() throws IOException {
        stream = new ServedStream(folder, HttpSettings.DEFAULTS).run(6);
    }

    @AfterEach
    void close() throws IOException {
        stream.close();
    }

    @Test
    void everyFormatIsRefusedToWhoShowsNothing() throws Exception {
        stream.viewing = secret();
        List<String> all = new ArrayList<>(FORMATS);
        all.addAll(OTHERS);
        for (String path : all) {
            HttpResponse<byte[]> answer = stream.get(path);
            assertEquals(403, answer.statusCode(), path);
            assertEquals("no-store", header(answer, "Cache-Control"), path);
            assertEquals(
                    403,
                    stream.get(path + "?until=1900000000&sign=" + "A".repeat(43))
                            .statusCode(),
                    path);
            assertEquals(403, stream.get(path + "?token=a.b.c").statusCode(), path);
        }
        String list = text(stream.get("/streams.json"));
        assertFalse(list.contains("townhall"), list);
        assertEquals(200, stream.get("/live/townhall").statusCode(), "the page tells nothing but that");
    }

    @Test
    void everyFormatIsOpenToWhoShowsASignature() throws Exception {
        stream.viewing = secret();
        String query = '?' + query();
        for (String path : FORMATS) {
            assertNotEquals(403, stream.get(path + query).statusCode(), path);
        }
        assertTrue(text(stream.get("/streams.json" + query)).contains("townhall"));
    }

    @Test
    void playersThatFollowThePlaylistsGetEverything() throws Exception {
        stream.viewing = secret();
        for (String format : List.of("ts", "fmp4")) {
            List<String> media = addresses("/live/", "/live/townhall.m3u8?format=" + format + '&' + query());
            assertEquals(1, media.size());
            List<String> segments = addresses(media.get(0).replaceAll("[^/]*$", ""), media.get(0));
            assertTrue(segments.size() >= 4, segments.toString());
            for (String segment : segments) {
                HttpResponse<byte[]> answer = stream.get(segment);
                assertEquals(200, answer.statusCode(), segment);
                assertTrue(header(answer, "Cache-Control").startsWith("private, max-age="), "for him alone");
                assertEquals("*", header(answer, "Access-Control-Allow-Origin"), "the page that has the ticket may");
            }
        }
    }

    /** All that a playlist leads to, as players resolve it. */
    private List<String> addresses(String below, String playlist) throws Exception {
        List<String> addresses = new ArrayList<>();
        HttpResponse<byte[]> answer = stream.get(playlist, "Accept-Encoding", "gzip");
        assertEquals(200, answer.statusCode(), playlist);
        for (String line : text(answer).split("\n", -1)) {
            if (line.contains("URI=\"")) {
                addresses.add(below + line.replaceAll(".*URI=\"([^\"]*)\".*", "$1"));
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                addresses.add(below + line);
            }
        }
        return addresses;
    }

    @Test
    void thePlaylistOfTheOthersStaysAsItIs() throws Exception {
        String open = text(stream.get("/live/townhall/ts/video.m3u8"));
        assertFalse(open.contains("?"));
        assertTrue(header(stream.get("/live/townhall/ts/video.m3u8"), "Cache-Control")
                .startsWith("max-age="));
        stream.viewing = secret();
        String carried = text(stream.get("/live/townhall/ts/video.m3u8?" + query()));
        assertEquals(open, carried.replace('?' + query(), ""));
    }

    @Test
    void aPlaylistThatIsAskedForAgainIsUnchanged() throws Exception {
        stream.viewing = secret();
        String path = "/live/townhall/ts/video.m3u8?" + query();
        String etag = header(stream.get(path), "ETag");
        assertEquals(304, stream.get(path, "If-None-Match", etag).statusCode());
    }

    @Test
    void anAddressRangeIsEnough() throws Exception {
        stream.viewing = addresses("127.0.0.0/8");
        for (String path : FORMATS.subList(0, 6)) {
            HttpResponse<byte[]> answer = stream.get(path);
            assertNotEquals(403, answer.statusCode(), path);
            assertEquals(
                    "(no Access-Control-Allow-Origin)",
                    header(answer, "Access-Control-Allow-Origin"),
                    "for no page elsewhere");
        }
        stream.viewing = addresses("192.0.2.0/24");
        for (String path : FORMATS) {
            assertEquals(403, stream.get(path).statusCode(), path);
        }
    }

    @Test
    void aTokenMayComeInTheHead() throws Exception {
        stream.viewing = secret();
        String token = "eyJhbGciOiJIUzI1NiJ9.e30.AAAA";
        assertEquals(
                403,
                stream.get(FORMATS.get(0), "Authorization", "Bearer " + token).statusCode());
    }

    @Test
    void whatIsNoStreamIsNotFound() throws Exception {
        assertEquals(404, stream.get("/live/nobody.m3u8").statusCode());
        stream.viewing = secret();
        assertEquals(403, stream.get("/live/nobody.m3u8").statusCode(), "whether there is one isn't told");
    }

    @Test
    void whoAsksThroughATrustedProxyIsWhoItSays() throws Exception {
        String path = FORMATS.get(0);
        stream.viewing = addresses("192.0.2.0/24");
        assertEquals(403, stream.get(path, "X-Forwarded-For", "192.0.2.7").statusCode(), "no proxy is trusted");
        stream.close();
        HttpSettings settings = HttpSettings.DEFAULTS;
        stream = new ServedStream(
                        Files.createDirectory(folder.resolve("behind")),
                        new HttpSettings(
                                settings.maxConnections(),
                                settings.requestTimeout(),
                                settings.idleTimeout(),
                                settings.writeTimeout(),
                                List.of(AddressRange.parse("127.0.0.1").orElseThrow())))
                .run(6);
        stream.viewing = addresses("192.0.2.0/24");
        assertEquals(200, stream.get(path, "X-Forwarded-For", "192.0.2.7").statusCode());
        assertEquals(200, stream.get(path, "Forwarded", "for=192.0.2.7").statusCode());
        assertEquals(
                403,
                stream.get(path, "X-Forwarded-For", "192.0.2.7, 203.0.113.5").statusCode());
        assertEquals(403, stream.get(path, "Forwarded", "for=unknown").statusCode());
        assertEquals(
                403,
                stream.get(path, "Forwarded", "for=192.0.2.7", "X-Forwarded-For", "203.0.113.5")
                        .statusCode(),
                "one of them the proxy has handed on");
        stream.viewing = addresses("127.0.0.0/8");
        assertEquals(200, stream.get(path).statusCode(), "the proxy for itself");
        assertEquals(403, stream.get(path, "X-Forwarded-For", "203.0.113.5").statusCode());
    }

    private static ViewingSettings secret() {
        return new ViewingSettings(
                false,
                List.of(),
                Optional.of(new KeySource.Literal(SECRET)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    private static ViewingSettings addresses(String range) {
        return new ViewingSettings(
                false,
                List.of(AddressRange.parse(range).orElseThrow()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    private static String query() {
        return SignedAddress.query(SECRET, ServedStream.PATH, ServedStream.ZERO.getEpochSecond() + 60);
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static String header(HttpResponse<byte[]> answer, String name) {
        return answer.headers().firstValue(name).orElse("(no " + name + ")");
    }
}

package lancaster.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import lancaster.stream.CloseReason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages, health and the API. */
class SiteTest {
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

    @ParameterizedTest
    @CsvSource({
        "/,text/html; charset=utf-8",
        "/live/townhall,text/html; charset=utf-8",
        "/live/not-yet,text/html; charset=utf-8",
        "/ui/watch.js,text/javascript; charset=utf-8",
        "/ui/hls.js,text/javascript; charset=utf-8",
        "/ui/lancaster.css,text/css; charset=utf-8",
        "/ui/favicon.svg,image/svg+xml"
    })
    void pagesComeFromTheClassPath(String path, String type) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = stream.get(path);
        assertEquals(200, answer.statusCode());
        assertEquals(type, header(answer, "Content-Type"));
        assertEquals("nosniff", header(answer, "X-Content-Type-Options"));
        assertEquals("no-cache", header(answer, "Cache-Control"));
        assertTrue(answer.body().length > 100);
        if (type.startsWith("text/html")) {
            assertTrue(header(answer, "Content-Security-Policy").startsWith("default-src 'none'; script-src 'self'"));
        }
        assertEquals(
                304, stream.get(path, "If-None-Match", header(answer, "ETag")).statusCode());
        assertEquals("gzip", header(stream.get(path, "Accept-Encoding", "gzip"), "Content-Encoding"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/favicon.ico",
                "/live",
                "/ui/",
                "/ui/none.js",
                "/ui/../lancaster/http/Page.class",
                "/ui/..%2f..%2flogback.xml",
                "/ui/a/b.js",
                "/live/town%00hall",
                "/live/<script>",
                "/live/nobody.f4m",
                "/robots.txt",
                "/api/v2",
                "/streams.json/x/y%20z"
            })
    void whatIsNotThereIsNotFound(String path) throws IOException, InterruptedException {
        assertEquals(
                404, stream.get(path.replace("<", "%3c").replace(">", "%3e")).statusCode());
    }

    @Test
    void healthIsTwoThings() throws IOException, InterruptedException {
        assertEquals(200, stream.get("/healthz").statusCode());
        assertEquals(200, stream.get("/readyz").statusCode());
        stream.unready.add("/state can't be written");
        assertEquals(200, stream.get("/healthz").statusCode());
        HttpResponse<byte[]> answer = stream.get("/readyz");
        assertEquals(503, answer.statusCode());
        assertEquals("/state can't be written\n", new String(answer.body(), StandardCharsets.UTF_8));
    }

    @Test
    void everyoneMaySeeWhatIsOnAir() throws IOException, InterruptedException {
        JsonNode list = json("/streams.json");
        assertEquals(
                ServedStream.ZERO.plusNanos(stream.loop.nowNs()).toString(),
                list.get("now").asText());
        assertEquals(1935, list.get("rtmpPort").asInt());
        JsonNode entry = list.get("streams").get(0);
        assertEquals("live/townhall", entry.get("path").asText());
        assertEquals("live", entry.get("state").asText());
        assertEquals("H.264", entry.get("video").get("codec").asText());
        assertTrue(entry.get("video").get("width").asInt() > 0);
        assertEquals("AAC", entry.get("audio").get("codec").asText());
        assertFalse(entry.toString().contains("192.0.2.1"), "where it comes from is not for everyone");
        stream.end();
        stream.loop.advanceMs(2_000);
        assertEquals(
                "waiting",
                json("/streams.json").get("streams").get(0).get("state").asText());
    }

    @Test
    void callersOnTheBoxSeeTheStatistics() throws IOException, InterruptedException {
        JsonNode entry = json("/api/v1/streams").get("streams").get(0);
        assertEquals("live/townhall", entry.get("path").asText());
        assertEquals(
                "192.0.2.1:1000", entry.get("publisher").get("remoteAddress").asText());
        assertTrue(entry.get("timeline").get("segmentNumber").asLong() > 0);
        assertEquals("hls", entry.get("outputs").get(0).get("name").asText());
        assertTrue(entry.get("hls").get("listed").asBoolean());
        assertTrue(entry.get("hds").has("listed"));
        assertTrue(header(stream.get("/api/v1/streams"), "Access-Control-Allow-Origin")
                .startsWith("(no"));
    }

    @Test
    void multicastIsInTheStatistics() throws IOException, InterruptedException {
        JsonNode list = json("/api/v1/multicasts");
        JsonNode entry = list.get("multicasts").get(0);
        assertEquals(entry, json("/api/v1/streams").get("streams").get(0).get("multicast"));
        assertEquals(entry, json("/api/v1/multicasts/live/townhall"));
        assertEquals("live/townhall", entry.get("stream").asText());
        assertEquals("prepared", entry.get("state").asText());
        assertEquals("239.255.73.88:5004", entry.get("settings").get("address").asText());
        assertEquals("none", entry.get("settings").get("interface").asText());
        JsonNode joins = entry.get("ways").get(0).get("joins");
        assertEquals("unknown", joins.get("state").asText());
        assertEquals("nothing is open", joins.get("reason").asText());
        assertEquals("lo", list.get("interfaces").get(0).get("name").asText());
        assertEquals(404, stream.get("/api/v1/multicasts/live/nobody").statusCode());
        assertEquals(405, stream.send("PUT", "/api/v1/multicasts/live/townhall").statusCode());
    }

    @Test
    void metersComeAndGoWithTheirStream() throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = stream.get("/metrics");
        assertEquals(200, answer.statusCode());
        assertEquals("text/plain; version=0.0.4; charset=utf-8", header(answer, "Content-Type"));
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        assertTrue(text.contains("lancaster_streams 1.0\n"), text);
        assertTrue(text.contains("lancaster_stream_publishing{stream=\"live/townhall\"} 1.0\n"), text);
        assertTrue(text.contains("lancaster_multicast_sending{stream=\"live/townhall\"} 0.0\n"), text);
        assertFalse(text.contains("lancaster_multicast_joins_heard"), "what isn't known isn't told");
        assertTrue(text.contains("# TYPE lancaster_stream_input_bytes_total counter\n"), text);
        assertTrue(text.contains("lancaster_stream_input_bytes_total{kind=\"audio\",stream=\"live/townhall\","), text);
        assertTrue(
                text.contains("lancaster_stream_output_queued_bytes{output=\"hls\",stream=\"live/townhall\"} "), text);
        assertTrue(text.contains("lancaster_build_info{version=\"1.2.3\"} 1\n"), text);
        assertTrue(text.contains("lancaster_rtmp_received_bytes_total{protocol=\"rtmp\"} 4000.0\n"), text);
        assertTrue(text.contains("lancaster_access_wrong_keys_total 5.0\n"), text);
        assertTrue(text.contains("lancaster_loop_delay_seconds{loop=\"publish-1\"} 2.5\n"), text);
        assertFalse(text.contains("192.0.2.1"), "where it comes from is not for everyone");
        stream.end();
        stream.loop.advanceMs(30_000);
        assertFalse(new String(stream.get("/metrics").body(), StandardCharsets.UTF_8).contains("townhall"));
    }

    @Test
    void everyMetricHasAUnitOrCounts() throws IOException, InterruptedException {
        String text = new String(stream.get("/metrics").body(), StandardCharsets.UTF_8);
        List<String> counters = text.lines()
                .filter(line -> line.startsWith("# TYPE lancaster_") && line.endsWith(" counter"))
                .toList();
        assertFalse(counters.isEmpty());
        counters.forEach(line -> assertTrue(line.contains("_total "), line));
        text.lines()
                .filter(line -> line.startsWith("# TYPE lancaster_") && line.endsWith(" gauge"))
                .forEach(line ->
                        assertFalse(line.matches(".*_(ms|ns|us|millis|kilobytes|kb|mb|percent|total) .*"), line));
        text.lines()
                .filter(line -> line.startsWith("# TYPE lancaster_"))
                .map(line -> line.split(" ", -1)[2])
                .forEach(name -> assertTrue(text.contains("# HELP " + name + " "), name + " isn't explained"));
    }

    @Test
    void aLoopThatHangsIsNoLife() throws IOException, InterruptedException {
        assertEquals(200, stream.get("/healthz").statusCode());
        stream.hangs = true;
        HttpResponse<byte[]> answer = stream.get("/healthz");
        assertEquals(503, answer.statusCode());
        assertEquals("loop publish-1 hangs for 2 s", new String(answer.body(), StandardCharsets.UTF_8).strip());
        stream.hangs = false;
    }

    @Test
    void historyGrowsWithTheStream() throws IOException, InterruptedException {
        String history = "/api/v1/streams/live/townhall/history";
        assertEquals(404, stream.get(history).statusCode());
        for (int second = 0; second < 4; second++) {
            stream.histories.sample();
            assertEquals(200, stream.get("/live/townhall/ts/video.m3u8").statusCode());
            assertEquals(200, stream.get("/live/townhall/ts/1.ts").statusCode());
            stream.run(1);
        }
        JsonNode columns = json(history).get("columns");
        assertEquals(3, columns.get("inputBitsPerSecond").size());
        assertTrue(columns.get("inputBitsPerSecond").get(2).asLong() > 1_000);
        assertTrue(columns.get("framesPerSecond").get(2).asDouble() > 1);
        assertEquals(1, columns.get("httpViewers").get(2).asInt());
        assertTrue(columns.get("httpBitsPerSecond").get(2).asLong() > 1_000);
        assertEquals(1, json("/api/v1/streams/live/townhall").get("httpViewers").asInt());
        assertEquals(400, stream.get(history + "?period=7").statusCode());
        assertEquals(
                0,
                json(history + "?period=10").get("columns").get("httpViewers").size());
    }

    @Test
    void whoPublishesIsKnown() throws IOException, InterruptedException {
        JsonNode one = json("/api/v1/streams/live/townhall/publication");
        assertEquals("192.0.2.1:1000", one.get("remoteAddress").asText());
        assertEquals(one, json("/api/v1/publications").get("publications").get(0));
        assertEquals(404, stream.get("/api/v1/streams/live/nobody/publication").statusCode());
        stream.end();
        stream.loop.advanceMs(2_000);
        assertEquals(
                404, stream.get("/api/v1/streams/live/townhall/publication").statusCode());
        assertEquals(0, json("/api/v1/publications").get("publications").size());
    }

    @Test
    void aPublisherCanBeKicked() throws IOException, InterruptedException {
        String publication = "/api/v1/streams/live/townhall/publication";
        assertEquals(405, stream.send("POST", publication).statusCode());
        assertEquals(204, stream.send("DELETE", publication).statusCode());
        stream.loop.runDue();
        assertEquals(
                List.of(CloseReason.Kind.KICKED),
                stream.closed.stream().map(CloseReason::kind).toList());
        assertEquals(404, stream.send("DELETE", publication).statusCode());
        assertEquals(405, stream.send("DELETE", "/api/v1/streams/x/publication").statusCode(), "a stream's name");
        assertEquals(404, stream.send("DELETE", "/api/v1/streams/publication").statusCode());
    }

    private JsonNode json(String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = stream.get(path);
        assertEquals(200, answer.statusCode());
        assertEquals("application/json", header(answer, "Content-Type"));
        return new ObjectMapper().readTree(answer.body());
    }

    private static String header(HttpResponse<byte[]> answer, String name) {
        return answer.headers().firstValue(name).orElse("(no " + name + ")");
    }
}

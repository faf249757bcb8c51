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
import java.util.Optional;
import lancaster.bytes.Bytes;
import lancaster.multicast.MulticastGroup;
import lancaster.output.MulticastOutputSettings;
import lancaster.output.MulticastOutputSettings.Leg;
import lancaster.sdp.MulticastSession;
import lancaster.sdp.SdpReader;
import lancaster.sdp.SessionReader;
import lancaster.stream.StreamPath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files that open multicast in players. */
class MulticastFilesTest {
    private static final Leg ON_LO = Leg.DEFAULTS.withInterface("lo");

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

    private void send(Leg leg, Optional<Leg> duplicate) throws IOException {
        var started = stream.multicasts.start(
                stream.streams.find(StreamPath.parse("live/townhall")),
                (present, others) -> MulticastOutputSettings.DEFAULTS.withLegs(leg, duplicate));
        stream.loop.runDue();
        assertTrue(started.join().isPresent());
        stream.run(3);
    }

    private static Leg to(String group) {
        return ON_LO.withGroup(MulticastGroup.parse(group));
    }

    private String text(String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = stream.get(path);
        assertEquals(200, answer.statusCode(), () -> new String(answer.body(), StandardCharsets.UTF_8));
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private String refusal(String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = stream.get(path);
        assertEquals(404, answer.statusCode());
        assertEquals("text/plain; charset=utf-8", header(answer, "Content-Type"));
        return new String(answer.body(), StandardCharsets.UTF_8).strip();
    }

    private static String header(HttpResponse<byte[]> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    @Test
    void theSessionIsDescribed() throws IOException, InterruptedException {
        send(to("232.10.1.7:5004"), Optional.empty());
        HttpResponse<byte[]> answer = stream.get("/live/townhall.sdp");
        assertEquals("application/sdp", header(answer, "Content-Type"));
        assertEquals("nosniff", header(answer, "X-Content-Type-Options"));
        assertEquals("no-store", header(answer, "Cache-Control"));
        MulticastSession session = SessionReader.read(SdpReader.read(Bytes.wrap(answer.body())));
        assertEquals("live/townhall", session.name());
        assertEquals(
                List.of(new MulticastSession.Leg("232.10.1.7", 5004, Optional.of("127.0.0.1"), Optional.of(1))),
                session.legs());
        assertEquals(text("/live/townhall.sdp"), text("/live/townhall.sdp"), "the version stays");
    }

    @Test
    void thePlaylistOpensTheSessionInVlc() throws IOException, InterruptedException {
        send(to("232.10.1.7:5004"), Optional.empty());
        HttpResponse<byte[]> answer = stream.get("/live/townhall.m3u");
        assertEquals("audio/x-mpegurl", header(answer, "Content-Type"));
        assertEquals("attachment; filename=\"townhall.m3u\"", header(answer, "Content-Disposition"));
        assertEquals(
                "#EXTM3U\n#EXTINF:-1,live/townhall\nrtp://127.0.0.1@232.10.1.7:5004\n",
                new String(answer.body(), StandardCharsets.UTF_8));
    }

    @Test
    void aGroupForAnySourceNamesNone() throws IOException, InterruptedException {
        send(to("239.255.1.1:5004"), Optional.empty());
        assertTrue(text("/live/townhall.m3u").endsWith("\nrtp://@239.255.1.1:5004\n"));
        assertFalse(text("/live/townhall.sdp").contains("source-filter"));
    }

    @Test
    void copiesToTheSameGroupAreToldByTheirSources() throws IOException, InterruptedException {
        send(to("239.255.1.1:5004"), Optional.of(to("239.255.1.1:6004")));
        String sdp = text("/live/townhall.sdp");
        assertTrue(sdp.contains("a=group:DUP p s\r\n"), sdp);
        assertTrue(sdp.contains("a=source-filter: incl IN IP4 239.255.1.1 127.0.0.1\r\n"), sdp);
    }

    @Test
    void whoeverAsksInVainIsToldWhy() throws IOException, InterruptedException {
        assertEquals("There is no such stream.", refusal("/live/nobody.sdp"));
        assertEquals("There is no such stream.", refusal("/.m3u"));
        assertEquals(
                "This stream isn't sent as multicast: no interface is named: nothing is sent.",
                refusal("/live/townhall.m3u"));
        send(to("239.255.1.1:5004"), Optional.empty());
        var stopped = stream.multicasts.stop(stream.streams.find(StreamPath.parse("live/townhall")));
        stream.loop.runDue();
        assertTrue(stopped.join().isPresent());
        assertEquals("This stream isn't sent as multicast: stopped by the operator.", refusal("/live/townhall.sdp"));
    }

    @Test
    void filesCanOnlyBeRead() throws IOException, InterruptedException {
        assertEquals(405, stream.send("POST", "/live/townhall.sdp").statusCode());
        assertEquals(204, stream.send("OPTIONS", "/live/townhall.m3u").statusCode());
    }

    @Test
    void viewersAreToldOnlyOfWhatIsSent() throws IOException, InterruptedException {
        assertFalse(onAir().has("multicast"));
        send(to("232.10.1.7:5004"), Optional.empty());
        assertEquals("rtp://127.0.0.1@232.10.1.7:5004", onAir().get("multicast").asText());
    }

    private JsonNode onAir() throws IOException, InterruptedException {
        return new ObjectMapper().readTree(text("/streams.json")).get("streams").get(0);
    }
}

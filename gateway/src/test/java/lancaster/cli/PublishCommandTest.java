package lancaster.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import lancaster.access.LocalToken;
import lancaster.app.Directories;
import lancaster.app.Gateway;
import lancaster.config.ConfigReader;
import lancaster.testcard.RecordedCard;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command, against a gateway. */
class PublishCommandTest {
    private static final String KEY = "correct-horse-battery";

    @TempDir
    Path folder;

    private final StringWriter said = new StringWriter();
    private Gateway gateway;

    @BeforeEach
    void startGateway() throws IOException {
        gateway = Gateway.start(
                ConfigReader.withoutFile(
                        List.of("rtmp.listen=127.0.0.1:0", "http.listen=127.0.0.1:0", "streams.\"live/*\".key=" + KEY)),
                new Directories(folder.resolve("state"), folder.resolve("segments")));
    }

    @AfterEach
    void closeGateway() {
        gateway.close();
    }

    private int publish(String... arguments) {
        CommandLine command = Main.commandLine();
        command.setErr(new PrintWriter(said, true));
        String[] all = new String[arguments.length + 1];
        all[0] = "publish";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return command.execute(all);
    }

    private String url(String nameAndKey) {
        return "rtmp://127.0.0.1:" + gateway.rtmpAddress().getPort() + "/live/" + nameAndKey;
    }

    @Test
    void sendsAFileInRealTime() throws Exception {
        Path card = RecordedCard.write(folder.resolve("card.flv"), 2);
        long startNs = System.nanoTime();
        assertEquals(ExitCode.OK, publish(card.toString(), url("file?key=" + KEY)), said::toString);
        assertTrue(System.nanoTime() - startNs > 1_800_000_000L, "faster than real time");
        URI statistics = URI.create("http://127.0.0.1:" + gateway.httpAddress().getPort() + "/api/v1/streams");
        JsonNode tracks = new ObjectMapper()
                .readTree(HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(statistics)
                                        .header(
                                                "Authorization",
                                                "Bearer " + LocalToken.read(folder.resolve("state/access")))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body())
                .get("streams")
                .get(0)
                .get("tracks");
        assertEquals(50, tracks.get(0).get("accessUnits").asInt());
        assertEquals("AAC", tracks.get(1).get("codec").asText());
    }

    @Test
    void saysWhyItIsRefusedAndNeverTheKey() {
        assertEquals(ExitCode.NO_PERMISSION, publish("testcard", url("card?key=wrong-one")));
        assertTrue(said.toString().contains("NetStream.Publish.Denied"), said::toString);
        assertTrue(said.toString().contains("lancaster key show"), said::toString);
        assertFalse(said.toString().contains("wrong-one"), said::toString);
    }

    @Test
    void saysThatNobodyListens() {
        int port = gateway.rtmpAddress().getPort();
        gateway.close();
        assertEquals(ExitCode.UNAVAILABLE, publish("testcard", "rtmp://127.0.0.1:" + port + "/live/card"));
        assertTrue(said.toString().contains("can't connect"), said::toString);
    }

    @Test
    void tellsWhatItDoesNotSpeak() {
        assertEquals(ExitCode.USAGE, publish("testcard", "srt://box/live/card"));
        assertTrue(said.toString().contains("isn't rtmp://HOST/APP/NAME"), said::toString);
        assertEquals(ExitCode.USAGE, publish("testcard", "rtmp://box/card"));
        assertEquals(ExitCode.USAGE, publish("film.MP4", url("card")));
        assertTrue(said.toString().contains("ffmpeg -i film.MP4 -c copy"), said::toString);
    }

    @Test
    void tellsWhatIsWrongWithAFile() throws IOException {
        assertEquals(ExitCode.NO_INPUT, publish(folder.resolve("none.flv").toString(), url("card?key=" + KEY)));
        Path text = Files.writeString(folder.resolve("text.flv"), "This is no FLV file, it only says so.");
        assertEquals(ExitCode.DATA, publish(text.toString(), url("card?key=" + KEY)));
        assertTrue(said.toString().contains("doesn't begin with FLV"), said::toString);
    }
}

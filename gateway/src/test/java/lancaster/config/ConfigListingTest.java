package lancaster.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigListingTest {
    @TempDir
    Path folder;

    private ConfigListing listing(String yaml) throws IOException {
        return ConfigListing.of(Files.writeString(folder.resolve("some.yaml"), yaml));
    }

    @Test
    void secretsAreHiddenWhereverTheyStand() throws IOException {
        ConfigListing listing = listing(
                """
                # the former key was planted-comment
                rtmp: { listen: 0.0.0.0:1935 }
                streams:
                  live/a: { key: planted-key-1 }   # planted-comment
                  live/b:
                    key: file:/etc/lancaster/keys/b
                    group: { publish-password: planted-password }
                    republish:
                      - rtmp://user:planted-user@a.example/live/planted-name-1?key=planted-query
                      - { url: "rtmps://b.example/app/planted-name-2", token: planted-token }
                  live/c: { source: "rtp://10.0.0.5@232.10.1.7:5004" }
                  live/d: { source: "https://planted-user:x@d.example/a.m3u8?planted=yes" }
                nobody-knows: { this-secret: planted-secret }
                """);
        String text = String.join("\n", listing.lines());
        assertFalse(text.contains("planted"), text);
        for (String line : List.of(
                "rtmp.listen = 0.0.0.0:1935",
                "streams.live/a.key = (hidden)",
                "streams.live/b.key = file:/etc/lancaster/keys/b",
                "streams.live/b.republish[0] = rtmp://(hidden)@a.example/live/(hidden)?(hidden)",
                "streams.live/b.republish[1].url = rtmps://b.example/app/(hidden)",
                "streams.live/c.source = rtp://10.0.0.5@232.10.1.7:5004",
                "streams.live/d.source = https://(hidden)@d.example/a.m3u8?(hidden)")) {
            assertTrue(listing.lines().contains(line), line + " is missing in\n" + text);
        }
        for (String secret : List.of("planted-key-1", "planted-password", "planted-query", "planted-name-2")) {
            assertTrue(listing.secrets().contains(secret), secret);
        }
    }

    @Test
    void whatIsNoYamlIsNotQuoted() throws IOException {
        assertEquals(
                List.of("isn't YAML; `lancaster check` tells where"),
                listing("key: [planted").lines());
    }

    @Test
    void nothingGivesNothing() throws IOException {
        assertEquals(List.of(), listing("# only words\n").lines());
    }

    @Test
    void theSamplesAreListedWhole() throws IOException {
        for (Path sample : SamplesTest.samples()) {
            assertFalse(ConfigListing.of(sample).lines().isEmpty(), sample.toString());
        }
    }
}

package lancaster.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a changed file says otherwise, and from when on. */
class ConfigChangesTest {
    private static final ConfigSource SOURCE = new ConfigSource(Optional.empty(), List.of());
    private static final String BEFORE =
            """
            rtmp: { listen: 127.0.0.1:1935 }
            streams:
              live/a.b: { hls: { window: 5 } }
              live/b: {}
            """;

    @Test
    void whatMeansTheSameIsNoChange() {
        String same =
                """
                # Written otherwise.
                streams:
                  "live/b": { linger: 20000ms, hls: {} }
                  live/a.b:
                    hls: { window: 5, segment: 4s }
                rtmp:
                  listen: "127.0.0.1:1935"
                """;
        assertEquals(List.of(), between(BEFORE, same));
    }

    @Test
    void namesEveryKeyAndWhenItCounts() {
        String after =
                """
                rtmp: { listen: 127.0.0.1:1936 }
                log: { level: warn }
                streams:
                  live/a.b: { linger: 1m, key: secret, hls: { window: 6, segment: 2s }, multicast: none }
                  live/c: {}
                """;
        assertEquals(
                List.of(
                        "log changed: level (now)",
                        "rtmfp changed: listen (needs a restart)",
                        "rtmp changed: listen (needs a restart)",
                        "streams.live/a.b changed: hls.window (now), multicast (now), key (when it is published next),"
                                + " linger (when it is published next), hls.segment (for streams that are published for"
                                + " the first time)",
                        "streams.live/c added",
                        "streams.live/b removed"),
                between(BEFORE, after).stream().map(ConfigChange::toString).toList());
        // RTMFP listens beside RTMP where nothing else is said.
        assertEquals(List.of("rtmfp.listen", "rtmp.listen"), ConfigChanges.restarts(between(BEFORE, after)));
    }

    @ParameterizedTest
    @CsvSource({
        "'multicast: { ttl: 3 }', 'multicast changed: ttl (now)'",
        "'storage: { segment-limit: 1GiB }', 'storage changed: segment-limit (now)'",
        "'access: { free-attempts: 9 }', 'access changed: free-attempts (now)'",
        "'rtmfp: { peers: rtmfp://box }', 'rtmfp changed: peers.url (now)'",
        "'rtmfp: { keepalive: 9s }', 'rtmfp changed: keepalive (needs a restart)'",
        "'http: { idle-timeout: 9s }', 'http changed: idle-timeout (needs a restart)'",
        "'trust: /etc/ca.pem', 'trust changed: (needs a restart)'",
    })
    void sectionsOfTheTopAreNamed(String text, String change) {
        assertEquals(
                List.of(change),
                between("", text).stream().map(ConfigChange::toString).toList());
    }

    @Test
    void aSectionThatIsOneWordWaitsByItsName() {
        assertEquals(List.of("trust"), ConfigChanges.restarts(between("", "trust: /etc/ca.pem")));
    }

    @Test
    void aDefaultThatAllStreamsInheritIsAChangeOfEach() {
        List<ConfigChange> changes =
                between("streams: { live/a: {} }", "multicast: { ttl: 3 }\nstreams: { live/a: {} }");
        assertEquals(2, changes.size());
        assertEquals(
                "streams.live/a changed: multicast.ttl (now)", changes.get(1).toString());
    }

    @Test
    void aSecondWayOfASourceIsAChange() {
        String one = "streams: { live/a: { source: [\"rtp://10.0.0.1@239.1.1.1:5004\"] } }";
        String two = "streams: { live/a: { source: [\"rtp://10.0.0.1@239.1.1.1:5004\", \"rtp://239.1.1.2:5004\"] } }";
        assertEquals(
                "streams.live/a changed: source.interface (now), source.url (now)",
                between(one, two).get(0).toString());
    }

    @Test
    void noSecretIsNamed() {
        LoadedConfig secret = SOURCE.load("streams: { live/a: { key: hush-hush } }");
        String all = between("streams: { live/a: {} }", secret.text()).toString() + secret;
        assertTrue(!all.contains("hush"), all);
    }

    private static List<ConfigChange> between(String before, String after) {
        return ConfigChanges.between(SOURCE.load(before), SOURCE.load(after));
    }
}

package lancaster.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import lancaster.access.KeySource;
import lancaster.fec.FecSettings;
import lancaster.kit.GoldenFile;
import lancaster.multicast.IpLiteral;
import lancaster.output.MulticastOutputSettings;
import lancaster.output.MulticastOutputSettings.Leg;
import lancaster.stream.SecondPublisher;
import lancaster.stream.StreamPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigReaderTest {
    @TempDir
    Path folder;

    @Test
    void reportsEveryErrorAtOnceWithLineAndNearestKey() {
        Path broken = Path.of("src/test/resources/lancaster/config/broken.yaml");
        GoldenFile.assertGolden("config/broken.txt", errors(broken, List.of()));
    }

    @Test
    void withoutAFileEverythingIsTheDefault() {
        assertEquals(GatewayConfig.DEFAULTS, ConfigReader.withoutFile(List.of()));
    }

    @Test
    void anEmptyFileIsTheDefaultToo() throws IOException {
        assertEquals(GatewayConfig.DEFAULTS, read("# nothing\n"));
    }

    @Test
    void readsHowRtmfpIsServed() throws IOException {
        RtmfpConfig rtmfp =
                read("""
                        rtmfp:
                          listen: 127.0.0.1:0
                          addresses: [private, 203.0.113.0/24]
                          keys: [file:keys/peers, env:PEERS, "open sesame"]
                          peers: [rtmfp://box-b, "rtmfp://[2001:db8::5]:1936/"]
                          redirect: 10.0.0.6:1935
                          redirect-when: always
                          silence-timeout: 40s
                          lookups-per-second: 5
                        """)
                        .rtmfp()
                        .orElseThrow();
        assertEquals(RtmfpConfig.PRIVATE.size() + 1, rtmfp.addresses().size());
        assertEquals(
                List.of(
                        new KeySource.InFile(folder.resolve("keys/peers")),
                        new KeySource.InEnvironment("PEERS"),
                        new KeySource.Literal("open sesame")),
                rtmfp.keys());
        assertEquals(
                "[box-b:1935, [2001:db8::5]:1936]", rtmfp.others().partners().toString());
        assertEquals("[/10.0.0.6:1935]", rtmfp.others().substitutes().toString());
        assertFalse(rtmfp.others().onlyWhenFull());
        assertEquals(Duration.ofSeconds(40), rtmfp.silenceTimeout());
        assertEquals(5, rtmfp.introductions().lookupsPerSecond());
        assertEquals(Optional.empty(), read("rtmfp: none").rtmfp());
        assertEquals(
                List.of(),
                read("rtmfp: { addresses: none }").rtmfp().orElseThrow().addresses());
    }

    @Test
    void readsTypedValues() throws IOException {
        GatewayConfig config = read(
                """
                rtmp: { listen: "[::1]:0", connect-timeout: 1500ms }
                http: { listen: 127.0.0.1:8081 }
                storage: { segment-limit: 512MiB }
                streams:
                  live/townhall:
                    key: file:keys/townhall
                    on-second-publisher: reject
                    hls: { segment: 6s, window: 5, format: [fmp4], gop-limit: 1m }
                """);
        assertEquals("/[0:0:0:0:0:0:0:1]:0", config.rtmp().listen().toString());
        assertEquals(Duration.ofMillis(1500), config.rtmp().settings().connectTimeout());
        assertEquals(512L << 20, config.storage().segmentLimitBytes());
        StreamConfig stream = config.stream(StreamPath.parse("live/townhall")).orElseThrow();
        assertEquals(new KeySource.InFile(folder.resolve("keys/townhall")), stream.key());
        assertEquals(SecondPublisher.REJECT, stream.live().onSecondPublisher());
        assertEquals(List.of("fmp4"), stream.live().formats());
        assertEquals(Optional.of(Duration.ofMinutes(1)), stream.live().gopLimit());
        assertEquals(Optional.of(5), stream.hlsWindow());
    }

    @Test
    void theMostSpecificEntryCountsAlone() throws IOException {
        GatewayConfig config = read(
                """
                streams:
                  "*/*": { linger: 1s }
                  "live/*": { linger: 2s }
                  "*/townhall": { linger: 3s }
                  live/townhall: { linger: 4s }
                """);
        assertEquals(4, lingerS(config, "live/townhall"));
        assertEquals(3, lingerS(config, "other/townhall"));
        assertEquals(2, lingerS(config, "live/lobby"));
        assertEquals(1, lingerS(config, "other/lobby"));
        assertEquals(Optional.empty(), config.stream(StreamPath.parse("live/inner/townhall")));
    }

    @Test
    void anAddressForManyStreamsGetsTheirNames() throws IOException {
        GatewayConfig config = read(
                """
                streams:
                  "live/*": { republish: [ "rtmp://far/live/*?key=SECRET*", { url: "rtmps://b/x/in-*/y", buffer: 3s } ] }
                  "*/*/*": { republish: "rtmp://far/*/*_*" }
                  live/one: {}
                """);
        assertEquals(List.of("rtmp://far/live/two?key=SECRET*", "rtmps://b/x/in-two/y"), targets(config, "live/two"));
        assertEquals(List.of("rtmp://far/a/b_c"), targets(config, "a/b/c"));
        assertEquals(List.of(), targets(config, "live/one"));
    }

    private static List<String> targets(GatewayConfig config, String path) {
        return config.stream(StreamPath.parse(path)).orElseThrow().republish().stream()
                .map(target -> target.url().name().contains("?")
                        ? target.url() + target.url().name().replaceFirst("[^?]*", "")
                        : target.url().toString())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "live/* | rtmp://far/live/all | needs one * in it",
                "*/*/* | rtmp://far/*/* | needs 3 * in it",
                "live/one | rtmp://far/live/* | is for one",
                "live/* | rtmp://*/live/* | isn't rtmp",
            })
    void anAddressHasAsManyAsterisksAsItsEntry(String entry, String url, String said) throws IOException {
        ConfigException refused = assertThrows(
                ConfigException.class, () -> read("streams: { \"" + entry + "\": { republish: \"" + url + "\" } }\n"));
        assertTrue(refused.errors().get(0).toString().contains(said), refused::toString);
    }

    @Test
    void overridesAreCheckedLikeTheFile() throws IOException {
        Path file = write("http: { listen: 127.0.0.1:8081, idle-timeout: 5s }\n");
        GatewayConfig config = ConfigReader.read(
                file,
                List.of(
                        "http.listen=127.0.0.1:0",
                        "streams.live/townhall.key=none",
                        "streams.\"live/a.b\".hls.format=[ts]"));
        assertEquals(0, config.http().listen().getPort());
        assertEquals(Duration.ofSeconds(5), config.http().settings().idleTimeout());
        assertEquals(
                new KeySource.Open(),
                config.stream(StreamPath.parse("live/townhall")).orElseThrow().key());
        assertEquals(
                List.of("ts"),
                config.stream(StreamPath.parse("live/a.b")).orElseThrow().live().formats());
    }

    @Test
    void errorsOfOverridesNameThem() throws IOException {
        Path file = write("");
        List<String> overrides = List.of("http", "http.listne=x", "rtmp.listen=\"[\"", "a=[");
        assertEquals(
                """
                --set a: isn't YAML: expected the node content, but found '<stream end>'
                --set http: isn't PATH=VALUE
                --set http.listne: http.listne: is no known key (did you mean listen?)
                --set rtmp.listen: rtmp.listen: needs %s, not "["\
                """
                        .formatted(Values.ADDRESS),
                errors(file, overrides));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: [", "a: b: c", "- x\n- y", "\"\\q\"", "&a [*a]", "a: *b", "%FOO\n", "--- a\n--- b"})
    void brokenDocumentsAreErrorsNotExceptions(String text) throws IOException {
        Path file = write(text);
        assertFalse(errors(file, List.of()).isEmpty());
    }

    @Test
    void aMissingFileSaysSo() {
        assertTrue(errors(folder.resolve("none.yaml"), List.of()).endsWith("none.yaml: doesn't exist"));
    }

    @ParameterizedTest
    @CsvSource({"hls: none,0", "hls: {},10", "hls: ,10"})
    void hlsGoesOutUnlessItIsSwitchedOff(String line, int window) throws IOException {
        GatewayConfig config = read("streams: { \"live/*\": { " + line + " } }");
        assertEquals(
                window,
                config.stream(StreamPath.parse("live/x"))
                        .flatMap(StreamConfig::hlsWindow)
                        .orElse(0));
    }

    @Test
    void errorsNeverHoldASecret() throws IOException {
        Path file = write("streams: { live/x: { key: [hunter2] }, live/y: { key: { a: hunter2 } } }");
        assertFalse(errors(file, List.of()).contains("hunter2"));
    }

    @Test
    void readsMulticastOfAStream() throws IOException {
        GatewayConfig config = read(
                """
                multicast: { interface: 10.0.0.5, ttl: 16, dscp: EF, sap: false }
                streams:
                  live/townhall:
                    multicast:
                      address: 232.10.1.7:5004
                      payload: rtp
                      loopback: false
                      rate: 5Mbit/s
                      fec: { columns: 5, rows: 20, row-fec: true }
                      duplicate: { address: "232.10.1.8:6004", interface: eth1, ttl: 3 }
                  "live/*": { multicast: { smooth: 100ms, source: 10.0.0.6 } }
                  live/secret: { multicast: none }
                """);
        MulticastOutputSettings townhall = multicast(config, "live/townhall");
        assertEquals("232.10.1.7:5004", townhall.leg().group().orElseThrow().toString());
        assertEquals(Optional.of("10.0.0.5"), townhall.leg().interfaceName());
        assertEquals(16, townhall.leg().ttl());
        assertEquals(46, townhall.leg().dscp());
        assertEquals(5_000_000, townhall.rateBits());
        assertEquals(Optional.of(new FecSettings(5, 20, true)), townhall.fec());
        assertFalse(townhall.sap());
        assertFalse(townhall.loopback());
        Leg copy = townhall.duplicate().orElseThrow();
        assertEquals("232.10.1.8:6004", copy.group().orElseThrow().toString());
        assertEquals(Optional.of("eth1"), copy.interfaceName());
        assertEquals(3, copy.ttl());
        assertEquals(46, copy.dscp());
        MulticastOutputSettings others = multicast(config, "live/lobby");
        assertEquals(Optional.empty(), others.leg().group());
        assertEquals(Duration.ofMillis(100), others.smooth());
        assertEquals("10.0.0.6", IpLiteral.text(others.leg().source().orElseThrow()));
        assertTrue(config.stream(StreamPath.parse("live/secret"))
                .orElseThrow()
                .multicast()
                .isEmpty());
    }

    @Test
    void withoutStreamsAllGoWhereTheTopLevelSays() {
        GatewayConfig config = ConfigReader.withoutFile(List.of("multicast.interface=eth0"));
        assertEquals(Optional.of("eth0"), multicast(config, "live/x").leg().interfaceName());
        assertFalse(multicast(ConfigReader.withoutFile(List.of()), "live/x").hasInterfaces());
    }

    @Test
    void whatWorksAtAPriceIsAWarning() throws IOException {
        GatewayConfig config = read(
                """
                streams:
                  live/a: { multicast: { address: "239.0.0.5:5004" } }
                  live/b: { multicast: { address: "239.1.1.1:5004" } }
                  live/c: { multicast: { address: "239.1.1.1:6004" } }
                """);
        assertEquals(
                List.of(2, 4), config.warnings().stream().map(ConfigError::line).toList());
        assertTrue(config.warnings()
                .get(0)
                .toString()
                .contains(
                        "streams.live/a.multicast.address: 239.0.0.5 has the Ethernet address of 224.0.0.5, which switches"
                                + " flood"));
        assertTrue(config.warnings().get(1).message().startsWith("239.1.1.1 is the group of live/b too"));
    }

    private static MulticastOutputSettings multicast(GatewayConfig config, String path) {
        return config.stream(StreamPath.parse(path)).orElseThrow().multicast().orElseThrow();
    }

    private static long lingerS(GatewayConfig config, String path) {
        return config.stream(StreamPath.parse(path))
                .orElseThrow()
                .live()
                .linger()
                .toSeconds();
    }

    private GatewayConfig read(String text) throws IOException {
        return ConfigReader.read(write(text), List.of());
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("test.yaml"), text);
    }

    private static String errors(Path file, List<String> overrides) {
        ConfigException thrown = assertThrows(ConfigException.class, () -> ConfigReader.read(file, overrides));
        return thrown.errors().stream().map(ConfigError::toString).collect(Collectors.joining("\n"));
    }
}

package lancaster.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import lancaster.access.KeySource;
import lancaster.access.viewing.ViewingSettings;
import lancaster.stream.StreamPath;
import lancaster.tls.TlsFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may do what, as the configuration says it. */
class SecurityReaderTest {
    private static final String TLS = "tls: { certificate: tls.pem, key: \"file:tls.key\" }\n";

    @TempDir
    Path folder;

    @Test
    void listenersNeedACertificate() throws IOException {
        SecurityConfig config = read(TLS + "https: {}\nrtmps: { listen: 127.0.0.1:1 }\nadmin: { tls: true }\n")
                .security();
        assertEquals(Optional.of(new TlsFiles(folder.resolve("tls.pem"), folder.resolve("tls.key"))), config.tls());
        assertEquals(Optional.of(new InetSocketAddress("0.0.0.0", 8443)), config.https());
        assertEquals(Optional.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1)), config.rtmps());
        assertEquals(
                Optional.of(new AdminConfig(new InetSocketAddress(InetAddress.getLoopbackAddress(), 8081), true)),
                config.admin());
        assertEquals(
                List.of(
                        "https needs tls: { certificate: FILE, key: file:FILE }",
                        "rtmps needs tls: { certificate: FILE, key: file:FILE }",
                        "admin needs tls: { certificate: FILE, key: file:FILE }"),
                errors("https: {}\nrtmps: {}\nadmin: { tls: true }\n"));
        assertEquals(1, read(TLS).warnings().size(), "nothing uses it");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "tls: { certificate: a.pem }; tls.key is missing; it names a PEM file",
                "tls: { certificate: a.pem, key: 'env:KEY' }; tls.key needs a PEM file such as file:/etc/lancaster/tls.pem",
                "admin: { listen: 0.0.0.0:8080 }; admin.listen is also what http.listen says",
                "access: { session-idle: 2h, session-lifetime: 1h }; access.session-idle is longer than session-lifetime",
                "viewing: {}; viewing lets nobody watch: it needs addresses, secret or public-key, or the word open",
                "viewing: { secret: short }; viewing.secret is shorter than 32 characters",
                "viewing: { addresses: [10.0.0.0/33] }; viewing.addresses.range needs an address range",
                "viewing: { adresses: [10.0.0.0/8] }; viewing.adresses is no known key",
            })
    void whatIsWrongIsNamed(String text, String message) {
        List<String> errors = errors(text);
        assertTrue(errors.stream().anyMatch(error -> error.startsWith(message)), errors.toString());
        assertFalse(errors.toString().contains("short "), "a secret isn't repeated");
    }

    @Test
    void aStreamsOwnRuleReplacesTheGeneralOne() throws IOException {
        GatewayConfig config = read(
                """
                viewing: { addresses: [10.0.0.0/8, "2001:db8::/32"] }
                streams:
                  live/open: { viewing: open }
                  live/signed:
                    viewing:
                      secret: file:secret
                      public-key: file:idp.pem
                      issuer: https://idp.example.com
                      audience: lancaster
                      require: all
                  "live/*": {}
                """);
        ViewingSettings general = config.security().viewing();
        assertTrue(general.addresses().get(0).contains(InetAddress.getByName("10.1.2.3")));
        assertEquals(general, viewing(config, "live/any"));
        assertEquals(ViewingSettings.OPEN, viewing(config, "live/open"));
        assertEquals(
                new ViewingSettings(
                        false,
                        List.of(),
                        Optional.of(new KeySource.InFile(folder.resolve("secret"))),
                        Optional.of(folder.resolve("idp.pem")),
                        Optional.of("https://idp.example.com"),
                        Optional.of("lancaster"),
                        true),
                viewing(config, "live/signed"));
        assertEquals(general, viewing(read("viewing: { addresses: [10.0.0.0/8, \"2001:db8::/32\"] }\n"), "live/any"));
    }

    @Test
    void sessionsLastAsLongAsIsSaid() throws IOException {
        SecurityConfig config = read("access: { session-idle: 5m, session-lifetime: 8h, metrics: login }")
                .security();
        assertEquals(Duration.ofMinutes(5), config.sessions().idle());
        assertEquals(Duration.ofHours(8), config.sessions().lifetime());
        assertFalse(config.openMetrics());
    }

    private static ViewingSettings viewing(GatewayConfig config, String path) {
        return config.stream(StreamPath.parse(path)).orElseThrow().viewing();
    }

    private GatewayConfig read(String text) throws IOException {
        return ConfigReader.read(Files.writeString(folder.resolve("lancaster.yaml"), text), List.of());
    }

    private List<String> errors(String text) {
        ConfigException wrong = assertThrows(ConfigException.class, () -> read(text));
        return wrong.errors().stream()
                .map(error -> error.path() + ' ' + error.message())
                .collect(Collectors.toList());
    }
}

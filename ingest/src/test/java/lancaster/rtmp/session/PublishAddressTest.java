package lancaster.rtmp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Kind;
import lancaster.bytes.ProtocolException.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublishAddressTest {
    private static final String URL = "rtmp://box/live";

    @Test
    void keyStandsInTheQueryOfTheName() {
        assertAddress("live/townhall", "SECRET", URL, "live", "townhall?key=SECRET");
    }

    @Test
    void keyStandsInTheQueryOfTheApp() {
        assertAddress("live/townhall", "SECRET", "rtmp://box/live?key=SECRET", "live?key=SECRET", "townhall");
    }

    @Test
    void keyStandsInTheQueryOfTcUrlAlone() {
        assertAddress("live/townhall", "SECRET", "rtmp://box/live?key=SECRET", "live", "townhall");
    }

    @Test
    void keyOfTheNameCountsMost() {
        assertAddress("live/townhall", "a", "rtmp://box/live?key=c", "live?key=b", "townhall?key=a");
    }

    @ParameterizedTest
    @CsvSource({"townhall?token=T", "townhall?user=me&pass=T", "townhall?a=b&token=T&c", "townhall?pass=x&token=T"})
    void keyMayBeCalledTokenOrPass(String name) {
        assertAddress("live/townhall", "T", URL, "live", name);
    }

    @Test
    void keysAreTokensOfAnyKind() {
        String token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1g=";
        assertAddress("live/townhall", token, URL, "live", "townhall?key=" + token);
        assertAddress("live/townhall", "a+b/c?d&", URL, "live", "townhall?key=a+b/c?d%26");
        assertAddress("live/townhall", "100%", URL, "live", "townhall?key=100%");
    }

    @ParameterizedTest
    @ValueSource(strings = {"townhall", "townhall?", "townhall?key=", "townhall?key", "townhall?keys=1", "townhall?=1"})
    void withoutAKeyThereIsNone(String name) {
        assertAddress("live/townhall", null, URL, "live", name);
    }

    @Test
    void appsHaveSlashes() {
        assertAddress("live/studio/townhall", null, "rtmp://box/live/studio", "live/studio", "townhall");
        assertAddress("live/studio/townhall", null, URL, "live", "studio/townhall");
        assertAddress("live/townhall", null, "rtmp://box/live/_definst_", "live/_definst_", "townhall");
    }

    @ParameterizedTest
    @CsvSource({
        "rtmp://box/live/, live/, townhall",
        "rtmp://box:1935/live, live, /townhall",
        "rtmp://box:1935//live//, /live//, townhall/",
        "rtmp://box/live, live, ' townhall '"
    })
    void slashesTooManyAndBlanksDontCount(String tcUrl, String app, String name) {
        assertAddress("live/townhall", null, tcUrl, app, name);
    }

    @Test
    void quotesAroundPartsDontCount() {
        assertAddress("live/townhall", "K", "'rtmp://box/live'", "\"live\"", "\"townhall?key=K\"");
    }

    @Test
    void everythingMayStandInTheApp() {
        assertAddress("live/townhall", "K", "rtmp://box/live/townhall?key=K", "live/townhall?key=K", "");
        assertAddress("live/townhall", null, "rtmp://box/live/townhall/", "live/townhall/", "");
    }

    @Test
    void everythingMayStandInTheName() {
        assertAddress("live/townhall", "K", "rtmp://box/", "", "live/townhall?key=K");
    }

    @Test
    void appMayBeEmptyWhereTcUrlHasIt() {
        assertAddress("live/townhall", null, "rtmp://box:1935/live", "", "townhall");
    }

    @Test
    void wholeUrlsArePastedAsNames() {
        assertAddress("live/townhall", "K", URL, "live", "rtmp://box/live/townhall?key=K");
        assertAddress("live/townhall", null, URL, "live", "RTMPS://box:1936/live/townhall");
        assertAddress("live/townhall", null, URL, "live", "rtmp://box/townhall");
    }

    @Test
    void urlsArePastedTwice() {
        assertAddress("live/townhall", null, "rtmp://box/rtmp://box/live", "rtmp://box/live", "townhall");
        assertAddress("live/townhall", null, URL, "live", "rtmp://box/live/rtmp://box/live/townhall");
    }

    @Test
    void percentEncodingIsUndone() {
        assertAddress("live/town-hall", "a b", URL, "live", "town%2Dhall?key=a%20b");
    }

    @ParameterizedTest
    @CsvSource({"live, ''", "'', townhall", "'', ''", "live, ../etc", "live, town\thall", "live, ts"})
    void whatNamesNoStreamIsRefused(String app, String name) {
        ProtocolException e = assertThrows(ProtocolException.class, () -> PublishAddress.of("rtmp://box", app, name));
        assertEquals(Scope.STREAM, e.scope());
    }

    @Test
    void lengthsAreLimited() {
        String name = "townhall?key=" + "x".repeat(PublishAddress.MAX_KEY_CHARS);
        assertAddress("live/townhall", "x".repeat(PublishAddress.MAX_KEY_CHARS), URL, "live", name);
        for (String tooLong : new String[] {name + "x", "x".repeat(10_000), "townhall?" + "x".repeat(10_000)}) {
            ProtocolException e = assertThrows(ProtocolException.class, () -> PublishAddress.of(URL, "live", tooLong));
            assertEquals(Kind.LIMIT, e.kind());
        }
    }

    private static void assertAddress(String path, String key, String tcUrl, String app, String name) {
        PublishAddress address = PublishAddress.of(tcUrl, app, name);
        assertEquals(path, address.path().toString());
        assertEquals(Optional.ofNullable(key), address.key());
    }
}

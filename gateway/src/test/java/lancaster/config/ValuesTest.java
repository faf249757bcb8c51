package lancaster.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
    @ParameterizedTest
    @CsvSource({"500ms,500", "4s,4000", "1m,60000", "24h,86400000", "0s,0", "2d,172800000"})
    void readsAndWritesDurations(String text, long ms) {
        assertEquals(Optional.of(Duration.ofMillis(ms)), Values.duration(text));
        assertEquals(
                Duration.ofMillis(ms),
                Values.duration(Values.text(Duration.ofMillis(ms))).orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"4", "s", "-4s", "4.5s", "4 s", "4S", "4sec", "9999999999999s", ""})
    void refusesWhatIsNoDuration(String text) {
        assertEquals(Optional.empty(), Values.duration(text));
    }

    @ParameterizedTest
    @CsvSource({"64MiB,67108864", "2GiB,2147483648", "10B,10", "1kib,1024"})
    void readsSizes(String text, long bytes) {
        assertEquals(Optional.of(bytes), Values.size(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"64", "64MB", "-1MiB", "999999999999TiB", ""})
    void refusesWhatIsNoSize(String text) {
        assertEquals(Optional.empty(), Values.size(text));
    }

    @ParameterizedTest
    @CsvSource({"5Mbit/s,5000000", "800kbit/s,800000", "1Gbit/s,1000000000", "64kbit/s,64000"})
    void readsRates(String text, long bits) {
        assertEquals(Optional.of(bits), Values.rate(text));
        assertEquals(Optional.of(bits), Values.rate(Values.rateText(bits)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "5M", "5Mbps", "5mbit/s", "-5Mbit/s", "5.5Mbit/s", "9999999999bit/s"})
    void refusesWhatIsNoRate(String text) {
        assertEquals(Optional.empty(), Values.rate(text));
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0:1935,0.0.0.0,1935",
        "[::]:8080,::,8080",
        "[2001:db8::1]:0,2001:db8::1,0",
        "localhost:80,127.0.0.1,80"
    })
    void readsAddresses(String text, String host, int port) {
        assertEquals(Optional.of(new InetSocketAddress(host, port)), Values.address(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1935",
                ":1935",
                "0.0.0.0",
                "0.0.0.0:",
                "0.0.0.0:65536",
                "0.0.0.0:-1",
                "300.1.1.1:1",
                "::1:80",
                "box:1",
                "[box]:1",
                "[::1",
                ""
            })
    void refusesWhatIsNoAddress(String text) {
        assertEquals(Optional.empty(), Values.address(text));
    }
}

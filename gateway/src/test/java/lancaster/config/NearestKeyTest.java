package lancaster.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestKeyTest {
    @ParameterizedTest
    @CsvSource({
        "lisen,listen",
        "lsiten,listen",
        "Listen,listen",
        "write_timeout,write-timeout",
        "writeTimeout,write-timeout",
        "port,",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,"
    })
    void findsWhatWasMeant(String typed, String meant) {
        assertEquals(
                Optional.ofNullable(meant),
                NearestKey.of(typed, List.of("listen", "write-timeout", "idle-timeout", "level")));
    }
}

package lancaster.hds;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import lancaster.hdscheck.CheckedBootstrap;
import lancaster.hls.SimulatedStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An hour of stream time with everything that befalls a stream, under the strict reader, as a player polls. */
@Tag("sim")
@Execution(ExecutionMode.CONCURRENT)
class HdsHourSim {
    @TempDir
    Path root;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anHourWithReconnectsAndLossBreaksNoRule(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        try (HdsHouse house = new HdsHouse(root, new HdsSettings(6, Optional.of(Duration.ofSeconds(40))))) {
            SimulatedStream stream = house.stream(HdsHouse.BOTH, 2);
            long version = 0;
            long next = 0;
            for (int second = 0; second < 3600; second++) {
                stream.run(1);
                house.loop.advanceMs(1_000);
                if (random.nextInt(150) == 0) {
                    stream.reconnect(3_600 + random.nextInt(400_000));
                } else if (random.nextInt(150) == 0) {
                    house.packager.onGap(1 + random.nextInt(50));
                }
                if (house.packager.feed().listed()) {
                    CheckedBootstrap bootstrap = house.bootstrap();
                    if (bootstrap.version() > version) {
                        List<CheckedBootstrap.Listed> listed = bootstrap.fragments();
                        house.check(listed.get(listed.size() - 1));
                    }
                    assertTrue(bootstrap.version() >= version, "the version fell");
                    long last = bootstrap.entries().get(0).firstFragment() + bootstrap.fragmentsPerSegment();
                    assertTrue(last >= next, "a fragment was taken back");
                    version = bootstrap.version();
                    next = last;
                }
            }
            assertTrue(next > 850, "fragments " + next);
        }
    }
}

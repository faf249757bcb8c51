package lancaster.lab;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What arrives by multicast, of every combination of tracks, as foreign programs see it. */
@Tag("lab")
@Execution(ExecutionMode.CONCURRENT)
class TransportStreamLab {
    private static final int SECONDS = 10;
    private static final int PORT = 5004;
    private static final List<Film> FILMS = List.of(Film.B_FRAMES, Film.NO_B_FRAMES, Film.AUDIO_ONLY, Film.VIDEO_ONLY);
    private static final String CONFIGURATION =
            """
            multicast: { interface: eth0, sap: false }
            streams:
              live/B_FRAMES:    { key: none, hls: none, multicast: { address: "239.10.1.1:5004", payload: udp } }
              live/NO_B_FRAMES: { key: none, hls: none, multicast: { address: "239.10.1.2:5004" } }
              live/AUDIO_ONLY:  { key: none, hls: none, multicast: { address: "239.10.1.3:5004" } }
              live/VIDEO_ONLY:  { key: none, hls: none, multicast: { address: "239.10.1.4:5004", rate: 2Mbit/s } }
            """;

    @TempDir
    Path folder;

    @Test
    void foreignProgramsHaveNoComplaint() throws Exception {
        capture();
        assertAll(FILMS.stream()
                .map(film -> () -> new TsWitnesses(folder.resolve(film.name()), film).assertNoComplaint()));
    }

    private void capture() throws Exception {
        try (LabNetwork network = LabNetwork.builder()
                .lan("desks")
                .host("gw", "desks")
                .host("viewer", "desks")
                .start()) {
            LabGateway gateway = new LabGateway(network.host("gw"), folder.resolve("gateway"), CONFIGURATION);
            Map<Film, Listener> listeners = new EnumMap<>(Film.class);
            for (Film film : FILMS) {
                String group = "239.10.1." + (listeners.size() + 1);
                listeners.put(
                        film,
                        new Listener(network.host("viewer"), "desks", group, PORT, "any", folder.resolve(film.name())));
                network.awaitMember("viewer", "desks", group);
            }
            for (Film film : FILMS) {
                gateway.publish(film, "live/" + film);
            }
            Thread.sleep(SECONDS * 1000L);
            gateway.stopPublishing();
            for (Film film : FILMS) {
                listeners.get(film).awaitSilence();
                assertTrue(listeners.get(film).stop().datagrams() > SECONDS);
            }
        }
    }
}

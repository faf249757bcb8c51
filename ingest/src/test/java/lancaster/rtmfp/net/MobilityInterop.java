package lancaster.rtmfp.net;

import static lancaster.rtmfp.net.Neighbourhood.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import lancaster.kit.LoggedProgram;
import lancaster.kit.UdpRelay;
import lancaster.media.AccessUnit;
import lancaster.rendezvous.Admission;
import lancaster.rtmfp.session.RtmfpSettings;
import lancaster.rtmp.session.FakePublishHandler.Recorded;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients by others whose address changes while they publish, or that vanish. {@code tcpublish} and {@code tcconn} of
 * rtmfp-cpp are strict; an address translator of the test kit stands before them.
 */
@Tag("interop")
@Timeout(120)
class MobilityInterop {
    private static final Duration KEEPALIVE = Duration.ofSeconds(1);
    private static final Duration SILENCE = Duration.ofSeconds(2);
    /** Both, and what a busy machine takes. */
    private static final Duration IN_TIME = Duration.ofSeconds(10);

    private static final int PICTURES = 20;

    @TempDir
    Path folder;

    private Neighbourhood house;

    @BeforeEach
    void begin() {
        house = new Neighbourhood(folder);
    }

    @AfterEach
    void end() throws Exception {
        house.close();
    }

    private LoggedProgram publish(int port) throws Exception {
        String url = "rtmfp://127.0.0.1:" + port + "/live#townhall";
        return house.rtmfpCpp(
                "tcpublish", "-4", "-E", "-L", "-V", "60", "-A", "60", url, Neighbourhood.MEDIA.toString());
    }

    private static long pictures(Recorded recorded) {
        return recorded.events.stream()
                .filter(event -> event instanceof AccessUnit unit && unit.trackId() == 0)
                .count();
    }

    @Test
    void aPublisherWhoseAddressChangesPublishesOn() throws Exception {
        RtmfpServer server = house.server();
        UdpRelay relay = house.keep(new UdpRelay(server.address()));
        publish(relay.address().getPort());
        Recorded recorded = house.handler().next();
        for (int moves = 0; moves < 3; moves++) {
            long before = pictures(recorded);
            await(() -> pictures(recorded) > before + PICTURES);
            relay.move();
        }
        long before = pictures(recorded);
        await(() -> pictures(recorded) > before + PICTURES);
        assertTrue(recorded.ends.isEmpty(), "it publishes again");
        assertEquals(1, server.stats().endpoint().openedSessions());
    }

    @ParameterizedTest
    @ValueSource(strings = {"STOP", "KILL"})
    void aPublisherThatVanishesIsNoticedInTime(String signal) throws Exception {
        RtmfpServerSettings its = RtmfpServerSettings.DEFAULTS;
        RtmfpServer server = house.server(
                new RtmfpServerSettings(
                        RtmfpSettings.DEFAULTS.with(100, KEEPALIVE, SILENCE),
                        its.messages(),
                        its.connections(),
                        its.introductions(),
                        its.patience()),
                Admission.EVERYBODY);
        LoggedProgram publisher = publish(server.address().getPort());
        Recorded recorded = house.handler().next();
        await(() -> pictures(recorded) > PICTURES);
        publisher.signal(signal);
        long sinceNs = System.nanoTime();
        var unused = recorded.end();
        Duration took = Duration.ofNanos(System.nanoTime() - sinceNs);
        assertFalse(took.compareTo(IN_TIME) > 0, took.toString());
    }

    /** Its translator hasn't forgotten the one before, of whom the server has heard nothing bad yet. */
    @Test
    void whoComesFromTheAddressOfOneThatVanishedIsServedInTime() throws Exception {
        RtmfpServer server = house.server();
        UdpRelay relay = house.keep(new UdpRelay(server.address()));
        String[] command = {"-4", "rtmfp://127.0.0.1:" + relay.address().getPort() + "/live#nothing"};
        LoggedProgram first = house.rtmfpCpp("tcconn", command);
        first.await("onConnect success");
        first.signal("KILL");
        long sinceNs = System.nanoTime();
        house.rtmfpCpp("tcconn", command).await("onConnect success");
        Duration took = Duration.ofNanos(System.nanoTime() - sinceNs);
        assertFalse(took.compareTo(IN_TIME) > 0, took.toString());
        await(() -> server.stats().endpoint().openedSessions() == 2);
    }
}

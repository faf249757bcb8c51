package lancaster.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import lancaster.kit.Requirement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A whole gateway sends to groups on loopback, and ffmpeg plays them. */
@Tag("interop")
class MulticastInterop {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int READ_S = 5;
    /** Of what is sent, no two datagrams are so far apart. */
    private static final int SILENCE_MS = 300;
    /** More than lies in a socket. */
    private static final int MAX_LEFT = 1000;

    private static final Path MEMBERSHIPS = Path.of("/proc/net/igmp");

    @TempDir
    Path folder;

    /** A group and a port that nobody else uses. */
    private record Session(String group, int port) {
        static Session any() throws Exception {
            ThreadLocalRandom random = ThreadLocalRandom.current();
            String group = "239.255." + random.nextInt(1, 250) + "." + random.nextInt(1, 250);
            try (DatagramSocket free = new DatagramSocket()) {
                return new Session(group, free.getLocalPort() & ~1);
            }
        }

        /** Hears nothing but this, and that only for so long. */
        MulticastSocket join() throws Exception {
            InetSocketAddress address = new InetSocketAddress(group, port);
            MulticastSocket socket = new MulticastSocket(address);
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.joinGroup(address, NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress()));
            return socket;
        }

        /** As {@code /proc} shows it. */
        String hex() throws Exception {
            byte[] bytes = InetAddress.getByName(group).getAddress();
            return String.format("%02X%02X%02X%02X", bytes[3], bytes[2], bytes[1], bytes[0]);
        }

        @Override
        public String toString() {
            return group + ":" + port;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "udp,''",
        "rtp,', fec: { columns: 5, rows: 5, row-fec: true }'",
        "rtp,', rate: 3Mbit/s'",
        "rtp,', smooth: 100ms'"
    })
    void playersDecodeWithoutAComplaint(String payload, String options) throws Exception {
        requireMemberships();
        Session session = Session.any();
        String multicast = "{ address: \"" + session + "\", interface: lo, payload: " + payload + options + " }";
        try (TestGateway gateway = gateway(multicast)) {
            Reader reader = new Reader(folder, "player", payload.equals("rtp") ? rtp(session) : udp(session), READ_S);
            Eventually.holds("the player joins " + session, PATIENCE, () -> Files.readString(MEMBERSHIPS)
                    .contains(session.hex()));
            try (PublishedCard card = new PublishedCard(gateway, "live/card")) {
                reader.assertClean(2);
                JsonNode output = json(gateway.get("api/v1/multicasts/" + card.path()));
                assertEquals("sending", output.get("state").asText(), output::toString);
                assertEquals(0, output.get("failedDatagrams").asInt());
            }
        }
    }

    @Test
    void aPlayerWatchesOnWhileACopyIsStartedChangedAndStopped() throws Exception {
        requireMemberships();
        Session session = Session.any();
        Session copy = Session.any();
        String api = "api/v1/multicasts/live/card";
        try (TestGateway gateway = gateway("{ address: \"" + session + "\", interface: lo }");
                MulticastSocket receiver = copy.join()) {
            Reader player = new Reader(folder, "player", rtp(session), READ_S);
            Eventually.holds("the player joins " + session, PATIENCE, () -> Files.readString(MEMBERSHIPS)
                    .contains(session.hex()));
            try (PublishedCard card = new PublishedCard(gateway, "live/card")) {
                Eventually.holds("it sends", PATIENCE, () -> state(gateway).equals("sending"));
                json(gateway.send("PATCH", api, "{\"duplicate\":{\"address\":\"" + copy + "\"}}"));
                receiver.receive(datagram());
                JsonNode changed = json(gateway.send("PATCH", api, "{\"duplicate\":{\"ttl\":3}}"));
                assertEquals(3, changed.at("/settings/duplicate/ttl").asInt(), changed::toString);
                receiver.receive(datagram());
                json(gateway.send("PATCH", api, "{\"duplicate\":\"none\"}"));
                assertThrows(SocketTimeoutException.class, () -> receiveUntilSilent(receiver));
                assertTrue(player.isRunning(), "all of that while it watched");
                player.assertClean(2);
                assertEquals("live/card", card.path());
            }
        }
    }

    /** What lies in the socket is read; who gets here without a silence is still sent something. */
    private static void receiveUntilSilent(MulticastSocket receiver) throws IOException {
        receiver.setSoTimeout(SILENCE_MS);
        for (int i = 0; i < MAX_LEFT; i++) {
            receiver.receive(datagram());
        }
    }

    private static DatagramPacket datagram() {
        return new DatagramPacket(new byte[1500], 1500);
    }

    @Test
    void anOutputIsStartedChangedAndStoppedWhileTheStreamGoesOn() throws Exception {
        Session session = Session.any();
        String api = "api/v1/multicasts/live/card";
        try (TestGateway gateway = gateway("{ address: \"" + session + "\" }");
                PublishedCard card = new PublishedCard(gateway, "live/card")) {
            Eventually.holds("it is prepared", PATIENCE, () -> state(gateway).equals("prepared"));

            JsonNode refused = json(gateway.send("POST", api, "{}"), 422);
            assertTrue(refused.at("/errors/0/detail").asText().contains("there is lo (127.0.0.1"), refused::toString);
            refused = json(gateway.send("POST", api, "{\"interface\":\"eth77\"}"), 422);
            assertTrue(refused.at("/errors/0/detail").asText().contains("no interface eth77"), refused::toString);
            refused = json(gateway.send("PATCH", api, "{\"ttl\":0,\"adress\":1}"), 422);
            assertEquals(
                    List.of("ttl: must be 1 to 255", "adress: is no known key (did you mean address?)"),
                    refused.get("errors").findValuesAsText("detail"));
            refused = json(gateway.send("PATCH", api, "{\"ttl\""), 400);
            assertTrue(refused.get("detail").asText().startsWith("The body isn't JSON"), refused::toString);
            assertEquals("prepared", state(gateway));

            assertEquals(
                    200, gateway.send("POST", api, "{\"interface\":\"lo\"}").statusCode());
            Eventually.holds("it sends", PATIENCE, () -> state(gateway).equals("sending"));
            JsonNode changed = json(gateway.send("PATCH", api, "{\"payload\":\"udp\",\"dscp\":\"EF\"}"));
            assertEquals("udp", changed.get("settings").get("payload").asText());
            assertEquals("EF", changed.get("settings").get("dscp").asText());
            assertEquals("lo", changed.get("settings").get("interface").asText());
            Eventually.holds("it sends again", PATIENCE, () -> state(gateway).equals("sending"));
            assertEquals(200, gateway.send("DELETE", api).statusCode());
            assertEquals("stopped", state(gateway));
            assertEquals(
                    404,
                    gateway.send("POST", "api/v1/multicasts/live/nobody", "{}").statusCode());

            JsonNode stream = json(gateway.get("api/v1/streams")).get("streams").get(0);
            assertEquals(card.path(), stream.get("path").asText());
            assertEquals("stopped", stream.get("multicast").get("state").asText());
            assertEquals(0, stream.get("hls").get("restarts").asInt());
            for (JsonNode output : stream.get("outputs")) {
                assertEquals(0, output.get("cuts").asInt());
            }
        }
    }

    private static List<String> udp(Session session) {
        return List.of("-i", "udp://" + session + "?localaddr=127.0.0.1");
    }

    /** By a description: without one ffmpeg looks at a packet, closes the socket and opens another. */
    private List<String> rtp(Session session) throws IOException {
        Path description = folder.resolve("session.sdp");
        Files.writeString(
                description,
                """
                v=0
                o=- 1 1 IN IP4 127.0.0.1
                s=test
                c=IN IP4 %s/1
                t=0 0
                m=video %d RTP/AVP 33
                """
                        .formatted(session.group(), session.port()));
        return List.of(
                "-protocol_whitelist",
                "file,rtp,udp",
                "-localaddr",
                "127.0.0.1",
                "-f",
                "sdp",
                "-i",
                description.toString());
    }

    private TestGateway gateway(String multicast) throws Exception {
        return new TestGateway(folder, "streams.\"live/card\"={ key: none, multicast: " + multicast + " }");
    }

    private static String state(TestGateway gateway) throws Exception {
        HttpResponse<byte[]> answer = gateway.get("api/v1/multicasts/live/card");
        return answer.statusCode() == 200 ? json(answer).get("state").asText() : "absent";
    }

    private static JsonNode json(HttpResponse<byte[]> answer) throws Exception {
        return json(answer, 200);
    }

    private static JsonNode json(HttpResponse<byte[]> answer, int status) throws Exception {
        assertEquals(status, answer.statusCode(), () -> new String(answer.body(), StandardCharsets.UTF_8));
        return new ObjectMapper().readTree(answer.body());
    }

    private static void requireMemberships() {
        if (!Files.isReadable(MEMBERSHIPS)) {
            throw Requirement.missing(MEMBERSHIPS + ", which tells when a player has joined");
        }
    }
}

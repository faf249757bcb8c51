package lancaster.netconnection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import lancaster.amf.AmfObject;
import lancaster.amf.AmfValue;
import lancaster.flv.FlvFileReader;
import lancaster.flv.FlvMessage;
import lancaster.kit.GoldenFile;
import lancaster.kit.SimHost;
import lancaster.kit.SimLink;
import lancaster.kit.SimNetwork;
import lancaster.kit.SimRunLoop;
import lancaster.media.AccessUnit;
import lancaster.rtmp.session.FakePublishHandler.Recorded;
import lancaster.stream.EndReason;
import org.junit.jupiter.api.Test;

/** Connections to a server and streams through it, packets and all, in virtual time. */
class ServerStreamTest {
    private final SimRunLoop loop = new SimRunLoop();
    private final SimNetwork network = new SimNetwork(loop, 3);
    private final SimServer server = new SimServer(network, "203.0.113.1");
    private final SimHost host = network.host("198.51.100.1", SimLink.Settings.delayMs(10));
    private final List<String> codes = new ArrayList<>();
    private final NetStreamListener listener = new NetStreamListener() {
        @Override
        public void onNetStatus(NetStatusEvent event) {
            codes.add(event.code());
        }
    };

    private SimClient client() {
        return new SimClient(network, host).connect(server);
    }

    @Test
    void publishesToAServer() throws Exception {
        SimClient client = client();
        ServerStream stream = client.connection.stream(listener);
        stream.publish("townhall?key=SECRET");
        loop.advanceMs(500);
        assertEquals(List.of("NetStream.Publish.Start"), codes);
        List<FlvMessage> tags = new ArrayList<>();
        new FlvFileReader(tags::add)
                .read(ByteBuffer.wrap(GoldenFile.media("avc-aac.flv").toArray()));
        tags.forEach(stream::append);
        loop.advanceMs(2_000);
        assertEquals(0, stream.bufferedBytes());
        stream.close();
        client.connection.close();
        loop.advanceMs(5_000);
        Recorded recorded = server.handler.next();
        assertEquals("live/townhall", recorded.request.path().toString());
        assertTrue(recorded.events.stream().filter(AccessUnit.class::isInstance).count() > 50);
        assertEquals(EndReason.UNPUBLISHED, recorded.end());
        assertEquals(List.of("NetConnection.Connect.Success", "NetConnection.Connect.Closed"), client.codes());
    }

    @Test
    void tellsWhyAStreamIsRefused() {
        ServerStream stream = client().connection.stream(listener);
        stream.publish("townhall?key=wrong");
        loop.advanceMs(500);
        assertEquals(List.of("NetStream.Publish.Denied"), codes);
    }

    @Test
    void knowsBothEndsOfItsSession() {
        NetConnection connection = client().connection;
        assertTrue(connection.connected());
        assertEquals("rtmfp", connection.protocol());
        assertEquals("rtmfp://box/live", connection.uri());
        assertFalse(connection.nearID().equals(connection.farID().orElseThrow()));
        assertFalse(connection
                .nearNonce()
                .orElseThrow()
                .equals(connection.farNonce().orElseThrow()));
        assertThrows(IllegalStateException.class, () -> connection.connect("rtmfp://box/live", server.address()));
    }

    @Test
    void takesAnswersToCalls() {
        NetConnection connection = client().connection;
        List<String> answers = new ArrayList<>();
        Responder responder = new Responder() {
            @Override
            public void onResult(AmfValue result) {
                answers.add("result " + (result.asNumber().orElse(0) > 0));
            }

            @Override
            public void onStatus(AmfObject info) {
                answers.add("status");
            }
        };
        connection.call("createStream", responder);
        loop.advanceMs(500);
        assertEquals(List.of("result true"), answers);
        connection.close();
        connection.call("createStream", responder);
        assertEquals(List.of("result true", "status"), answers);
    }

    @Test
    void tellsThatThereIsNoServer() {
        SimClient client = new SimClient(network, host);
        client.connection.connect(
                "rtmfp://box/live", List.of(new java.net.InetSocketAddress(SimNetwork.inet("203.0.113.9"), 1935)));
        loop.advanceNs(NetConnectionSettings.DEFAULTS.connectTimeout().toNanos());
        assertEquals(List.of("NetConnection.Connect.Failed"), client.codes());
        assertTrue(client.events.get(0).description().contains("no answer from 203.0.113.9:1935"));
        loop.advanceMs(100_000);
        assertEquals(0, loop.pendingTimers());
    }

    @Test
    void tellsThatTheServerIsGone() {
        SimClient client = client();
        network.cut(host.address(), server.host.address());
        client.connection.call("anything", result -> {});
        loop.advanceMs(60_000);
        assertEquals(List.of("NetConnection.Connect.Success", "NetConnection.Connect.Closed"), client.codes());
        assertEquals("the server doesn't answer any more", client.events.get(1).description());
    }

    @Test
    void refusesWhatIsNoAddressOfAnApplication() {
        NetConnection connection = new SimClient(network, host).connection;
        for (String uri : List.of("rtmp://box/live", "box", "rtmfp:///live", "rtmfp://box/a b")) {
            assertThrows(IllegalArgumentException.class, () -> connection.connect(uri, List.of()));
        }
    }

    @Test
    void keepsWhatComesLaterFromTwoStreamsOfOneName() {
        NetConnection connection = client().connection;
        DirectStream stream = connection.directStream(NetStreamListener.NONE);
        stream.publish("camera");
        DirectStream other = connection.directStream(NetStreamListener.NONE);
        assertThrows(IllegalStateException.class, () -> other.publish("camera"));
        assertThrows(IllegalStateException.class, () -> stream.publish("again"));
        stream.close();
        other.publish("camera");
        assertEquals("camera", other.name());
    }
}

package lancaster.netconnection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import lancaster.amf.AmfObject;
import lancaster.amf.AmfValue;
import lancaster.flv.FlvMessage;
import lancaster.kit.NatKind;
import lancaster.kit.SimLink;
import lancaster.kit.SimNetwork;
import lancaster.kit.SimRunLoop;
import lancaster.netconnection.SimClient.Player;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams from peer to peer through a simulated network, introduced by our server. */
@Tag("sim")
class PeerStreamsSim {
    private static final SimLink.Settings LINK = SimLink.Settings.delayMs(15);
    private static final int FRAME_MS = 40;

    private final SimRunLoop loop = new SimRunLoop();
    private final SimNetwork network = new SimNetwork(loop, 23);
    private final SimServer server = new SimServer(network, "203.0.113.1");
    private int hosts = 10;

    private SimClient client() {
        return new SimClient(network, network.host("198.51.100." + hosts++, LINK)).connect(server);
    }

    private SimClient behind(NatKind kind) {
        int number = hosts++;
        return new SimClient(
                        network, network.nat(kind, "198.51.100." + number, LINK).host("192.168." + number + ".2"))
                .connect(server);
    }

    /** A picture and a sound every 40 ms, a key frame a second. */
    private void stream(DirectStream stream, int firstFrame, int frames, int pictureBytes) {
        for (int i = firstFrame; i < firstFrame + frames; i++) {
            long atMs = (long) i * FRAME_MS;
            stream.append(
                    i % 25 == 0 ? SimMedia.key(i, atMs, 2 * pictureBytes) : SimMedia.inter(i, atMs, pictureBytes));
            stream.append(SimMedia.sound(i, atMs, 300));
            loop.advanceMs(FRAME_MS);
        }
    }

    private static List<Integer> numbers(int first, int count) {
        return IntStream.range(first, first + count).boxed().toList();
    }

    @ParameterizedTest
    @CsvSource({
        "FULL_CONE, FULL_CONE",
        "RESTRICTED_CONE, PORT_RESTRICTED_CONE",
        "PORT_RESTRICTED_CONE, PORT_RESTRICTED_CONE",
        "SYMMETRIC, RESTRICTED_CONE",
        "FULL_CONE, SYMMETRIC"
    })
    void peersBehindTranslatorsPlayFromEachOther(NatKind one, NatKind other) {
        SimClient publisher = behind(one);
        SimClient viewer = behind(other);
        assertEquals(List.of("NetConnection.Connect.Success"), viewer.codes());
        DirectStream stream = publisher.publish("camera");
        Player player = viewer.play(publisher, "camera");
        loop.advanceMs(3_000);
        assertEquals(
                List.of("NetStream.Connect.Success", "NetStream.Play.Reset", "NetStream.Play.Start"), player.codes());
        stream(stream, 0, 50, 4_000);
        loop.advanceMs(1_000);
        assertEquals(numbers(0, 50), player.numbers(FlvMessage.VIDEO));
        assertEquals(numbers(0, 50), player.numbers(FlvMessage.AUDIO));
        Subscriber subscriber = stream.peerStreams().get(0);
        assertEquals(viewer.id(), subscriber.farID());
        assertEquals(player.stream.nearNonce().orElseThrow(), subscriber.farNonce());
        assertEquals(player.stream.farNonce().orElseThrow(), subscriber.nearNonce());
        assertEquals(0, server.handler.waiting());
    }

    @Test
    void tellsInTimeThatAPeerCantBeReached() {
        SimClient publisher = behind(NatKind.SYMMETRIC);
        SimClient viewer = behind(NatKind.SYMMETRIC);
        publisher.publish("camera");
        Player player = viewer.play(publisher, "camera");
        loop.advanceNs(viewer.connection.settings().peerTimeout().toNanos() - 1);
        assertEquals(List.of(), player.codes());
        loop.advanceNs(1);
        assertEquals(List.of("NetStream.Connect.Failed"), player.codes());
        assertEquals(player.stream, viewer.events.get(1).stream().orElseThrow());
        assertTrue(viewer.connection.connected());
    }

    @Test
    void tellsWhomThePublisherRefuses() {
        SimClient publisher = client();
        SimClient friend = client();
        SimClient stranger = client();
        List<Subscriber> asked = new ArrayList<>();
        DirectStream stream = publisher.connection.directStream(new NetStreamListener() {
            @Override
            public boolean onPeerConnect(Subscriber subscriber) {
                asked.add(subscriber);
                return subscriber.farID().equals(friend.id());
            }
        });
        stream.publish("camera");
        Player refused = stranger.play(publisher, "camera");
        Player accepted = friend.play(publisher, "camera");
        Player astray = friend.play(publisher, "other");
        loop.advanceMs(2_000);
        assertEquals(List.of("NetStream.Connect.Success", "NetStream.Connect.Rejected"), refused.codes());
        assertTrue(accepted.codes().contains("NetStream.Play.Start"));
        assertTrue(astray.codes().contains("NetStream.Play.StreamNotFound"));
        assertEquals(2, asked.size());
        assertEquals(1, stream.peerStreams().size());
        loop.advanceMs(10_000);
        assertEquals(2, publisher.connection.endpoint().sessions().size(), "the server's and the friend's");
    }

    @Test
    void noMorePeersPlayThanMay() {
        SimClient publisher = client();
        DirectStream stream = publisher.publish("camera");
        List<Player> players = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            players.add(client().play(publisher, "camera"));
        }
        loop.advanceMs(2_000);
        assertEquals(8, stream.peerStreams().size());
        Player surplus = client().play(publisher, "camera");
        loop.advanceMs(2_000);
        assertEquals(List.of("NetStream.Connect.Success", "NetStream.Connect.Rejected"), surplus.codes());
        assertTrue(surplus.events.get(1).description().contains("as many peers as may"));
        players.get(0).stream.close();
        loop.advanceMs(1_000);
        assertEquals(7, stream.peerStreams().size());
        Player next = client().play(publisher, "camera");
        loop.advanceMs(2_000);
        assertTrue(next.codes().contains("NetStream.Play.Start"));
        publisher.connection.maxPeerConnections(0);
        Player late = client().play(publisher, "camera");
        loop.advanceMs(25_000);
        assertFalse(late.codes().contains("NetStream.Play.Start"));
        assertEquals(8, stream.peerStreams().size());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aPeerThatVanishesIsReportedInTime(boolean streaming) {
        SimClient publisher = client();
        SimClient viewer = client();
        DirectStream stream = publisher.publish("camera");
        viewer.play(publisher, "camera");
        loop.advanceMs(2_000);
        stream(stream, 0, 5, 1_000);
        viewer.vanish();
        long keepaliveMs = publisher.connection.peerKeepalive().toMillis();
        long limitMs = SimClient.SILENCE.toMillis() + (streaming ? 1_000 : keepaliveMs + 1_000);
        int frames = (int) (limitMs / FRAME_MS);
        if (streaming) {
            stream(stream, 5, frames, 1_000);
        } else {
            loop.advanceMs(limitMs);
        }
        assertEquals(List.of(), stream.peerStreams());
        NetStatusEvent last = publisher.events.get(publisher.events.size() - 1);
        assertEquals("NetStream.Connect.Closed", last.code());
        assertEquals("the peer doesn't answer any more", last.description());
        assertTrue(publisher.connection.connected());
    }

    @Test
    void aPublisherThatVanishesIsReportedInTime() {
        SimClient publisher = client();
        SimClient viewer = client();
        DirectStream stream = publisher.publish("camera");
        Player player = viewer.play(publisher, "camera");
        loop.advanceMs(2_000);
        stream(stream, 0, 5, 1_000);
        publisher.vanish();
        loop.advanceMs(
                SimClient.SILENCE.toMillis() + viewer.connection.peerKeepalive().toMillis() + 1_000);
        assertEquals(
                "NetStream.Connect.Closed", player.codes().get(player.codes().size() - 1));
    }

    @Test
    void mediaComeInOrderThroughLoss() {
        SimClient publisher = client();
        SimClient viewer = client();
        DirectStream stream = publisher.publish("camera");
        Player player = viewer.play(publisher, "camera");
        loop.advanceMs(2_000);
        publisher
                .host
                .up()
                .settings(LINK.loss(0.03).reorder(0.05).duplicate(0.02).jitterMs(8));
        stream(stream, 0, 250, 3_000);
        loop.advanceMs(5_000);
        assertEquals(numbers(0, 250), player.numbers(FlvMessage.VIDEO));
        assertEquals(numbers(0, 250), player.numbers(FlvMessage.AUDIO));
        SubscriberStats stats = stream.peerStreams().get(0).stats();
        assertEquals(0, stats.droppedMessages());
        assertTrue(stats.lostFragments() > 0);
        assertTrue(stats.sentMessages() >= 500);
        assertEquals(0, stats.bufferedBytes());
        assertTrue(stats.roundTripTime().toMillis() >= 30);
    }

    @Test
    void soundOvertakesPicturesAndPicturesData() {
        SimClient publisher = client();
        SimClient viewer = client();
        DirectStream stream = publisher.publish("camera");
        Player player = viewer.play(publisher, "camera");
        loop.advanceMs(2_000);
        publisher.host.up().settings(LINK.rate(1_000_000, 64_000));
        stream.send("note", new AmfValue.Str("x".repeat(30_000)));
        stream.append(SimMedia.key(0, 0, 60_000));
        stream.append(SimMedia.sound(0, 0, 300));
        loop.advanceMs(5_000);
        assertEquals(List.of("|RtmpSampleAccess", "note"), player.data);
        assertEquals(FlvMessage.AUDIO, player.media.get(0).type());
        assertEquals(FlvMessage.VIDEO, player.media.get(1).type());
        long pictureNs = player.timesNs.get(1);
        assertTrue(player.timesNs.get(0) < pictureNs);
        assertTrue(player.lastDataNs > pictureNs);
    }

    @Test
    void soundThatGetsLostIsNotSentAgainWhereItIsUnreliable() {
        SimClient publisher = client();
        SimClient viewer = client();
        DirectStream stream = publisher.publish("camera");
        stream.audioReliable(false);
        Player player = viewer.play(publisher, "camera");
        loop.advanceMs(2_000);
        publisher.host.up().settings(LINK.loss(0.1));
        stream(stream, 0, 250, 3_000);
        publisher.host.up().settings(LINK);
        loop.advanceMs(5_000);
        List<Integer> sounds = player.numbers(FlvMessage.AUDIO);
        assertTrue(sounds.size() < 245, sounds.size() + " of 250");
        assertTrue(sounds.size() > 180, sounds.size() + " of 250");
        assertEquals(sounds.stream().sorted().toList(), sounds);
    }

    @Test
    void whoComesLateBeginsWithConfigurationsAndAKeyFrame() {
        SimClient publisher = client();
        SimClient viewer = client();
        DirectStream stream = publisher.publish("camera");
        stream.send("@setDataFrame", new AmfValue.Str("onMetaData"), new AmfValue.Obj(AmfObject.EMPTY));
        stream.append(SimMedia.pictureConfiguration());
        stream.append(SimMedia.soundConfiguration());
        stream(stream, 0, 10, 1_000);
        Player player = viewer.play(publisher, "camera");
        stream(stream, 10, 50, 1_000);
        loop.advanceMs(1_000);
        assertEquals(List.of("|RtmpSampleAccess", "onMetaData"), player.data);
        List<FlvMessage> pictures = player.media.stream()
                .filter(message -> message.type() == FlvMessage.VIDEO)
                .toList();
        assertEquals(SimMedia.pictureConfiguration().payload(), pictures.get(0).payload());
        assertEquals(numbers(25, 35), player.numbers(FlvMessage.VIDEO));
        assertEquals(
                SimMedia.soundConfiguration().payload(),
                player.media.stream()
                        .filter(message -> message.type() == FlvMessage.AUDIO)
                        .findFirst()
                        .orElseThrow()
                        .payload());
        assertTrue(player.numbers(FlvMessage.AUDIO).get(0) < 25);
    }

    @Test
    void sendsToAllOrToOne() {
        SimClient publisher = client();
        DirectStream stream = publisher.publish("camera");
        Player one = client().play(publisher, "camera");
        Player other = client().play(publisher, "camera");
        loop.advanceMs(2_000);
        stream.send("toAll", new AmfValue.Num(1));
        stream.peerStreams().get(1).send("toOne");
        loop.advanceMs(500);
        assertEquals(List.of("|RtmpSampleAccess", "toAll"), one.data);
        assertEquals(List.of("|RtmpSampleAccess", "toAll", "toOne"), other.data);
    }

    @Test
    void playsWithoutSoundOrPicturesAndPauses() {
        SimClient publisher = client();
        DirectStream stream = publisher.publish("camera");
        Player player = client().play(publisher, "camera");
        player.stream.receiveAudio(false);
        loop.advanceMs(2_000);
        stream(stream, 0, 5, 1_000);
        player.stream.pause();
        loop.advanceMs(200);
        stream(stream, 5, 5, 1_000);
        player.stream.resume();
        loop.advanceMs(200);
        stream(stream, 20, 10, 1_000);
        assertEquals(List.of(), player.numbers(FlvMessage.AUDIO));
        assertEquals(
                List.of(0, 1, 2, 3, 4, 25, 26, 27, 28),
                player.numbers(FlvMessage.VIDEO).subList(0, 9));
    }

    @Test
    void aClosedStreamEndsForAllAndItsSessionsToo() {
        SimClient publisher = client();
        SimClient viewer = client();
        DirectStream stream = publisher.publish("camera");
        Player player = viewer.play(publisher, "camera");
        loop.advanceMs(2_000);
        stream(stream, 0, 3, 1_000);
        stream.close();
        loop.advanceMs(1_000);
        assertEquals(
                List.of("NetStream.Play.UnpublishNotify", "NetStream.Connect.Closed"),
                player.codes().subList(3, player.codes().size()));
        assertEquals(numbers(0, 3), player.numbers(FlvMessage.VIDEO));
        loop.advanceMs(30_000);
        assertEquals(1, viewer.connection.endpoint().sessions().size());
        assertEquals(1, publisher.connection.endpoint().sessions().size());
    }

    @Test
    void bothPlayFromEachOtherInOneSession() {
        SimClient one = client();
        SimClient other = client();
        DirectStream mine = one.publish("one");
        DirectStream yours = other.publish("other");
        Player first = one.play(other, "other");
        Player second = other.play(one, "one");
        loop.advanceMs(4_000);
        mine.append(SimMedia.key(1, 0, 500));
        yours.append(SimMedia.key(2, 0, 500));
        loop.advanceMs(500);
        assertEquals(List.of(2), first.numbers(FlvMessage.VIDEO));
        assertEquals(List.of(1), second.numbers(FlvMessage.VIDEO));
        assertEquals(2, one.connection.endpoint().sessions().size());
    }

    @Test
    void peersFindEachOtherWithoutAServerWhereAddressesAreKnown() {
        SimClient publisher = new SimClient(network, network.host("10.0.0.1", LINK));
        SimClient viewer = new SimClient(network, network.host("10.0.0.2", LINK));
        publisher.connection.connect(NetConnection.SERVERLESS, List.of());
        viewer.connection.connect(NetConnection.SERVERLESS, List.of());
        publisher.publish("camera");
        Player player = viewer.new Player();
        player.stream = viewer.connection.peerStream(publisher.id(), player);
        player.stream.play("camera", List.of(publisher.host.socket(5000)));
        loop.advanceMs(1_000);
        assertTrue(player.codes().contains("NetStream.Play.Start"));
        viewer.connection.close();
        loop.advanceMs(1_000);
        assertEquals(
                "NetConnection.Connect.Closed",
                viewer.codes().get(viewer.codes().size() - 1));
        assertEquals(
                "NetStream.Connect.Closed",
                publisher.codes().get(publisher.codes().size() - 1));
    }

    @Test
    void leavesNoTimersBehind() {
        SimClient publisher = client();
        SimClient viewer = client();
        DirectStream stream = publisher.publish("camera");
        viewer.play(publisher, "camera");
        loop.advanceMs(2_000);
        stream(stream, 0, 5, 1_000);
        viewer.connection.close();
        publisher.connection.close();
        loop.advanceMs(400_000);
        assertEquals(0, loop.pendingTimers());
    }
}

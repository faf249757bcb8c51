package lancaster.rtmfp.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lancaster.flv.FlvFileReader;
import lancaster.flv.FlvMessage;
import lancaster.kit.LoggedProgram;
import lancaster.rtmfp.crypto.FlashSettings;
import lancaster.rtmfp.crypto.PeerId;
import lancaster.rtmfp.crypto.Protection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Streams from peer to peer with programs by others, on loopback. The environment says where they were built, and without
 * it the tests are skipped, whatever else is required. Seen with JDK 17 and OpenSSL 3:
 *
 * <ul>
 *   <li>{@code LANCASTER_LIBRTMFP}: the folder with {@code TestClient} and the library of MonaSolutions/librtmfp (787eb39),
 *       its padding switched off. {@code TestClient --asyncread --peerId=ID}, introduced by our server, plays what we
 *       publish: all pictures are in the file that it writes. {@code TestClient --p2pWrite}, introduced by our server,
 *       publishes for us: all pictures come. Its status reports lack the null before the information object; it names
 *       streams by 2 000 000 and a number of one byte, and takes only those; it publishes as fast as it reads and closes
 *       its sessions without a word.
 *   <li>{@code LANCASTER_RTMFP_CPP}: the folder with {@code tcserver} of zenomt/rtmfp-cpp (0917f42). {@code tcserver -B} as
 *       it comes, which requires HMAC and sequence numbers, introduces two of ours that require them too, and one plays
 *       all that the other publishes. Its programs don't play from peers themselves.
 * </ul>
 */
@Tag("interop")
@Timeout(120)
class DirectPeersInterop {
    private static final String ITS_PEER_ID = "Peer ID : ";

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

    private LoopbackClient client() throws Exception {
        return house.keep(new LoopbackClient(house.loops(), house.crypto()));
    }

    @Test
    void librtmfpPlaysFromUs() throws Exception {
        Path played = folder.resolve("played.flv");
        int port = house.server().address().getPort();
        LoopbackClient publisher = client().connect(port);
        List<FlvMessage> tags = DirectConnectionsTest.tags();
        publisher.publish("camera", tags);
        LoggedProgram its =
                house.testClient(port, "camera", "--asyncread", "--peerId=" + publisher.id(), "--mediaFile=" + played);
        publisher.await("NetStream.Connect.Success");
        publisher.await("NetStream.Connect.Closed");
        // It ends in order, and writes what it has.
        its.signal("TERM");
        its.awaitEnd();
        List<FlvMessage> written = new ArrayList<>();
        new FlvFileReader(written::add).read(ByteBuffer.wrap(Files.readAllBytes(played)));
        assertEquals(
                payloads(DirectConnectionsTest.of(tags, FlvMessage.VIDEO)),
                payloads(DirectConnectionsTest.of(written, FlvMessage.VIDEO)),
                its.printed());
        assertTrue(DirectConnectionsTest.of(written, FlvMessage.AUDIO).size() > 10, its.printed());
    }

    @Test
    void wePlayFromLibrtmfp() throws Exception {
        int port = house.server().address().getPort();
        LoopbackClient viewer = client().connect(port);
        LoggedProgram its = house.testClient(port, "camera", "--p2pWrite", "--mediaFile=" + Neighbourhood.MEDIA);
        PeerId publisher = PeerId.parse(its.await(ITS_PEER_ID).get(1).strip());
        LoopbackPlay play = new LoopbackPlay();
        viewer.on(connection -> connection.peerStream(publisher, play).play("camera"));
        viewer.await("NetStream.Connect.Success");
        List<String> codes = play.codes();
        assertTrue(codes.contains("NetStream.Play.Start"), codes + its.printed());
        List<String> sent = payloads(DirectConnectionsTest.of(DirectConnectionsTest.tags(), FlvMessage.VIDEO));
        List<String> came = payloads(play.media(FlvMessage.VIDEO));
        // It may leave before the last ones are sent again.
        assertTrue(came.size() > sent.size() - 3, came.size() + " came of " + sent.size() + its.printed());
        assertEquals(sent.subList(0, came.size()), came);
    }

    @Test
    void theServerOfRtmfpCppIntroducesUs() throws Exception {
        int port = Neighbourhood.freePort();
        house.rtmfpCpp("tcserver", "-B", "127.0.0.1:" + port);
        FlashSettings strict =
                FlashSettings.PEER.withHmac(Protection.REQUIRED, 16).withSequenceNumbers(Protection.REQUIRED);
        assertMeet(port, strict);
    }

    @Test
    void monaServerIntroducesUs() throws Exception {
        int port = Neighbourhood.freePort();
        house.mona(port, "");
        assertMeet(port, FlashSettings.PEER);
    }

    private void assertMeet(int port, FlashSettings settings) throws Exception {
        LoopbackClient publisher = house.keep(new LoopbackClient(house.loops(), house.crypto(), settings));
        LoopbackClient viewer = house.keep(new LoopbackClient(house.loops(), house.crypto(), settings));
        publisher.connect(port);
        viewer.connect(port);
        List<FlvMessage> tags = DirectConnectionsTest.tags();
        publisher.publish("camera", tags);
        LoopbackPlay play = new LoopbackPlay();
        viewer.on(its -> its.peerStream(publisher.id(), play).play("camera"));
        assertTrue(play.codes().contains("NetStream.Play.Start"));
        assertEquals(DirectConnectionsTest.of(tags, FlvMessage.VIDEO), play.media(FlvMessage.VIDEO));
    }

    private static List<String> payloads(List<FlvMessage> messages) {
        return messages.stream().map(message -> message.payload().toString()).toList();
    }
}

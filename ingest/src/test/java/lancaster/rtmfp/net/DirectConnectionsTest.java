package lancaster.rtmfp.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import lancaster.flv.FlvFileReader;
import lancaster.flv.FlvMessage;
import lancaster.kit.GoldenFile;
import lancaster.kit.NettyLeaks;
import lancaster.net.Loops;
import lancaster.rendezvous.Admission;
import lancaster.rendezvous.PeerNames;
import lancaster.rtmfp.crypto.FlashIdentity;
import lancaster.rtmfp.crypto.FlashSettings;
import lancaster.rtmp.session.FakePublishHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Streams from peer to peer over UDP on loopback, introduced by our server, both peers ours. */
@ExtendWith(NettyLeaks.class)
@Timeout(120)
class DirectConnectionsTest {
    private final Loops loops = Loops.start(1);
    private final ExecutorService crypto = Executors.newFixedThreadPool(2);

    @AfterEach
    void end() {
        crypto.shutdownNow();
        loops.close();
    }

    @Test
    void aPeerPlaysWhatAnotherPublishes() throws Exception {
        try (RtmfpServer server = server(loops, crypto);
                LoopbackClient publisher = new LoopbackClient(loops, crypto);
                LoopbackClient viewer = new LoopbackClient(loops, crypto)) {
            publisher.connect(server.address().getPort());
            viewer.connect(server.address().getPort());
            List<FlvMessage> tags = tags();
            publisher.publish("camera", tags);
            LoopbackPlay play = new LoopbackPlay();
            viewer.on(its -> its.peerStream(publisher.id(), play).play("camera"));
            List<String> codes = play.codes();
            assertEquals(
                    List.of("NetStream.Connect.Success", "NetStream.Play.Reset", "NetStream.Play.Start"),
                    codes.subList(0, 3));
            assertEquals(of(tags, FlvMessage.VIDEO), play.media(FlvMessage.VIDEO));
            assertEquals(of(tags, FlvMessage.AUDIO), play.media(FlvMessage.AUDIO));
            assertEquals(0, server.stats().connections().publishesAccepted());
            assertFalse(play.media(FlvMessage.DATA).isEmpty());
        }
    }

    static RtmfpServer server(Loops loops, ExecutorService crypto) throws IOException {
        return RtmfpServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                RtmfpServerSettings.DEFAULTS,
                loops.transport(),
                loops.rtmfp(),
                FlashIdentity.generate(FlashSettings.SERVER, new SecureRandom()),
                crypto,
                new RtmfpServer.House(
                        new FakePublishHandler(), Optional.empty(), Admission.EVERYBODY, PeerNames.NONE, crypto));
    }

    static List<FlvMessage> tags() {
        List<FlvMessage> tags = new ArrayList<>();
        new FlvFileReader(tags::add).read(GoldenFile.media("avc-aac.flv").buffer());
        return tags;
    }

    static List<FlvMessage> of(List<FlvMessage> tags, int type) {
        return tags.stream().filter(tag -> tag.type() == type).toList();
    }
}

package lancaster.rtmfp.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lancaster.flv.FlvFileReader;
import lancaster.flv.FlvMessage;
import lancaster.kit.GoldenFile;
import lancaster.kit.NettyLeaks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Streams from peer to peer over UDP on loopback, introduced by our server, both peers ours. */
@ExtendWith(NettyLeaks.class)
@Timeout(120)
class DirectConnectionsTest {
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

    @Test
    void aPeerPlaysWhatAnotherPublishes() throws Exception {
        RtmfpServer server = house.server();
        LoopbackClient publisher = house.keep(new LoopbackClient(house.loops(), house.crypto()));
        LoopbackClient viewer = house.keep(new LoopbackClient(house.loops(), house.crypto()));
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

    static List<FlvMessage> tags() {
        List<FlvMessage> tags = new ArrayList<>();
        new FlvFileReader(tags::add).read(GoldenFile.media("avc-aac.flv").buffer());
        return tags;
    }

    static List<FlvMessage> of(List<FlvMessage> tags, int type) {
        return tags.stream().filter(tag -> tag.type() == type).toList();
    }
}

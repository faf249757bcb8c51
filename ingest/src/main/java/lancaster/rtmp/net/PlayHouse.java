package lancaster.rtmp.net;

import io.netty.channel.EventLoop;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import lancaster.net.Loops;
import lancaster.net.NettyRunLoop;
import lancaster.rtmp.play.FanOuts;
import lancaster.rtmp.play.PlayMeters;
import lancaster.rtmp.play.PlaySettings;
import lancaster.rtmp.session.PlayHandler;
import lancaster.rtmp.session.Playback;
import lancaster.stream.StreamRegistry;

/** What all RTMP servers of a gateway play from, with and without TLS. */
public final class PlayHouse {
    private static final String NAME = "rtmp";

    private final PlayHandler handler;
    private final PlaySettings settings;
    private final StreamRegistry streams;
    private final PlayMeters meters;
    private final Map<EventLoop, Playback> playbacks = new HashMap<>();

    /** @param meters of what is played, over all protocols */
    public PlayHouse(
            Loops loops, PlayHandler handler, PlaySettings settings, StreamRegistry streams, PlayMeters meters) {
        this.handler = handler;
        this.settings = settings;
        this.streams = streams;
        this.meters = meters;
        List<NettyRunLoop> all = loops.publishLoops();
        for (int i = 0; i < all.size(); i++) {
            String name = all.size() == 1 ? NAME : NAME + '-' + (i + 1);
            FanOuts outs = new FanOuts(name, all.get(i), settings, PooledChunks::fill, streams, meters);
            playbacks.put(all.get(i).eventLoop(), new Playback(handler, outs, settings));
        }
    }

    /**
     * For players whose messages don't go in chunks, on a loop of their own.
     *
     * @param name of its subscriptions, for people and statistics
     */
    public Playback overFlows(String name, NettyRunLoop loop) {
        FanOuts outs = new FanOuts(
                name,
                loop,
                settings,
                (maxBytes, writer) -> {
                    throw new IllegalStateException("there are no chunks here");
                },
                streams,
                meters);
        return new Playback(handler, outs, settings);
    }

    Playback on(NettyRunLoop loop) {
        return Objects.requireNonNull(playbacks.get(loop.eventLoop()));
    }
}

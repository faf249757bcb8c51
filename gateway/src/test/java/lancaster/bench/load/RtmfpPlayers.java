package lancaster.bench.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import lancaster.flv.FlvMessage;
import lancaster.net.Loops;
import lancaster.net.NettyRunLoop;
import lancaster.rtmfp.net.RtmfpPlayer;
import lancaster.rtmp.session.RtmpClientListener;
import lancaster.rtmp.session.RtmpUrl;

/**
 * {@code URL PLAYERS RAMP_MS}: players over RTMFP, each with a socket and an endpoint of its own. Nobody else has a client
 * that is bearable here, so these are the gateway's own, of which no figure counts what they use. Prints {@code ready} when
 * all have a key frame, and {@code done} with bytes and lost connections when standard input ends.
 */
public final class RtmfpPlayers {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int KEY_FRAME = 1;
    private static final long LEAVING_NS = 1_000_000_000L;

    private final Loops loops = Loops.start(1);
    private final NettyRunLoop loop = loops.rtmfp();
    private final int players;
    private final List<RtmfpPlayer> playing = new ArrayList<>();
    private int started;
    private long bytes;
    private int closed;

    private RtmfpPlayers(int players) {
        this.players = players;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        RtmfpPlayers all = new RtmfpPlayers(Integer.parseInt(args[1]));
        all.come(RtmpUrl.parse(args[0]), Long.parseLong(args[2]));
        while (System.in.read() >= 0) {}
        all.loop.execute(all::leave);
    }

    /** Whoever comes from the same ports next is refused where the server was not told. */
    private void leave() {
        System.out.println("done " + bytes + " " + closed);
        playing.forEach(RtmfpPlayer::close);
        loop.schedule(LEAVING_NS, () -> System.exit(0));
    }

    private void come(RtmpUrl url, long rampMs) throws InterruptedException {
        ExecutorService crypto = Executors.newSingleThreadExecutor();
        for (int i = 0; i < players; i++) {
            One one = new One();
            playing.add(RtmfpPlayer.play(url, PATIENCE, loops, loop, crypto, one, one::onMedia));
            Thread.sleep(rampMs / players);
        }
    }

    /** One player; on the loop. */
    private final class One implements RtmpClientListener {
        private boolean hasKeyFrame;

        void onMedia(FlvMessage message) {
            bytes += message.payload().length();
            if (!hasKeyFrame
                    && message.type() == FlvMessage.VIDEO
                    && !message.payload().isEmpty()
                    && message.payload().u8(0) >> 4 == KEY_FRAME) {
                hasKeyFrame = true;
                if (++started == players) {
                    System.out.println("ready");
                }
            }
        }

        @Override
        public void onStarted() {
            // The key frame counts.
        }

        @Override
        public void onClosed(String why) {
            closed++;
            System.err.println(why);
        }
    }
}

package lancaster.rtmp.net;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import lancaster.flv.FlvDemuxer;
import lancaster.flv.FlvFileReader;
import lancaster.kit.GoldenFile;
import lancaster.media.AccessUnit;
import lancaster.media.MediaEvent;
import lancaster.net.Loops;
import lancaster.rtmp.session.RtmpClientListener;
import lancaster.rtmp.session.RtmpClientSettings;
import lancaster.rtmp.session.RtmpUrl;

/** A well-behaved encoder: an access unit every 20 ms, a file over and over. */
final class PacedEncoder implements RtmpClientListener, AutoCloseable {
    private static final long INTERVAL_NS = 20_000_000;

    private final List<AccessUnit> units = new ArrayList<>();
    private final CountDownLatch started = new CountDownLatch(1);
    private final RtmpClient client;
    private long sent;
    private boolean over;

    PacedEncoder(int port, Loops loops) throws IOException, InterruptedException {
        List<MediaEvent> events = new ArrayList<>();
        FlvDemuxer demuxer = new FlvDemuxer(events::add);
        new FlvFileReader(demuxer::demux).read(GoldenFile.media("avc-aac.flv").buffer());
        RtmpUrl url = RtmpUrl.parse("rtmp://127.0.0.1:" + port + "/live/watched");
        client = RtmpClient.publish(url, RtmpClientSettings.DEFAULTS, loops, this);
        client.loop().execute(() -> {
            for (MediaEvent event : events) {
                if (event instanceof AccessUnit unit) {
                    units.add(unit);
                } else {
                    client.send(event);
                }
            }
        });
        started.await();
    }

    @Override
    public void onStarted() {
        started.countDown();
        turn();
    }

    @Override
    public void onClosed(String why) {
        over = true;
    }

    private void turn() {
        if (!over) {
            AccessUnit unit = units.get((int) (sent % units.size()));
            client.send(unit.withDts90k(sent * 1_800));
            sent++;
            client.loop().schedule(INTERVAL_NS, this::turn);
        }
    }

    /** How many units it has sent, none of them dropped; it goes on no further. */
    long stop() throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        long[] result = new long[1];
        client.loop().execute(() -> {
            result[0] = over ? -1 : sent - client.stats().droppedUnits();
            over = true;
            stopped.countDown();
        });
        stopped.await();
        return result[0];
    }

    @Override
    public void close() {
        client.loop().execute(client::close);
    }
}

package lancaster.probe.net;

import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Consumer;
import lancaster.flv.FlvMessage;
import lancaster.net.Loops;
import lancaster.probe.ProbeReport;
import lancaster.probe.RtmpProbe;
import lancaster.probe.net.ProbeException.Reason;
import lancaster.rtmfp.net.RtmfpPlayer;
import lancaster.rtmp.net.RtmpPlayer;
import lancaster.rtmp.session.RtmpClientListener;
import lancaster.rtmp.session.RtmpUrl;
import lancaster.rtmp.session.StatusReport;
import lancaster.runloop.RunLoop;

/** A stream that an RTMP server plays. */
final class RtmpSource {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(10);

    private RtmpSource() {}

    static ProbeReport probe(ProbeRequest request, Loops loops) throws IOException {
        RtmpUrl url;
        try {
            url = RtmpUrl.parse(request.url());
        } catch (IllegalArgumentException e) {
            throw new ProbeException(Reason.ADDRESS, String.valueOf(e.getMessage()));
        }
        long beginNs = System.nanoTime();
        RtmpProbe probe = new RtmpProbe(url.toString(), beginNs);
        Listener listener = new Listener(probe);
        Player player;
        try {
            player = play(url, loops, listener, tag -> probe.accept(tag, System.nanoTime()));
        } catch (UnknownHostException e) {
            throw new ProbeException(Reason.UNAVAILABLE, url + ": the host isn't known: " + e.getMessage());
        }
        CompletableFuture<ProbeReport> report = new CompletableFuture<>();
        CompletableFuture<String> unused = listener.over.whenComplete(
                (why, failure) -> player.loop().execute(() -> finish(probe, url, why, report)));
        player.loop().execute(() -> player.loop().schedule(request.length().toNanos(), () -> {
            listener.over.complete("");
            player.close().run();
        }));
        try {
            return report.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof ProbeException failed) {
                throw failed;
            }
            throw e;
        }
    }

    /** A connection, and what ends it on its loop. */
    private record Player(RunLoop loop, Runnable close) {}

    private static Player play(RtmpUrl url, Loops loops, Listener listener, Consumer<FlvMessage> tags)
            throws UnknownHostException {
        if (url.scheme() == RtmpUrl.Scheme.RTMFP) {
            RtmfpPlayer player = RtmfpPlayer.play(
                    url, START_TIMEOUT, loops, loops.publish(), ForkJoinPool.commonPool(), listener, tags);
            return new Player(player.loop(), player::close);
        }
        RtmpPlayer player = RtmpPlayer.play(url, START_TIMEOUT, loops, listener, tags);
        return new Player(player.loop(), player::close);
    }

    private static void finish(RtmpProbe probe, RtmpUrl url, String why, CompletableFuture<ProbeReport> report) {
        if (probe.isEmpty()) {
            report.completeExceptionally(new ProbeException(
                    Reason.UNAVAILABLE,
                    url
                            + (why.isEmpty()
                                    ? ": the server accepts, but nothing comes: nobody publishes under this name"
                                    : ": " + why)));
        } else {
            if (!why.isEmpty()) {
                probe.note("it ended: " + why);
            }
            report.complete(probe.report(System.nanoTime()));
        }
    }

    private static final class Listener implements RtmpClientListener {
        private final RtmpProbe probe;
        /** Why it ended; empty where the time was over. */
        private final CompletableFuture<String> over = new CompletableFuture<>();

        Listener(RtmpProbe probe) {
            this.probe = probe;
        }

        @Override
        public void onStarted() {
            // The tags tell.
        }

        @Override
        public void onStatus(StatusReport status) {
            probe.note("the server says: " + status.toString().replaceAll("[^ -~]", "?"));
        }

        @Override
        public void onClosed(String why) {
            over.complete(why.replaceAll("[^ -~]", "?"));
        }
    }
}

package lancaster.rtmp.net;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import lancaster.media.AccessUnit;
import lancaster.media.MediaEvent;
import lancaster.net.Loops;
import lancaster.rtmp.session.PublishHandler;
import lancaster.rtmp.session.RtmpSettings;

/**
 * A server in a process of its own, so that its memory can be measured from outside. Prints its port; answers each line
 * on standard input with its counters and ends with standard input. Watches the stream {@code live/watched}.
 */
final class ServerMain {
    private static final AtomicLong units = new AtomicLong();
    private static final AtomicLong longestGapNs = new AtomicLong();
    private static long lastNs;

    private ServerMain() {}

    public static void main(String[] arguments) throws Exception {
        PublishHandler handler = (request, reply) -> {
            boolean watched = request.path().name().equals("watched");
            reply.accept(event -> onEvent(event, watched), reason -> {});
        };
        try (Loops loops = Loops.start(1);
                RtmpServer server = RtmpServer.start(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        RtmpSettings.DEFAULTS,
                        loops,
                        handler);
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println(server.address().getPort());
            while (in.readLine() != null) {
                System.out.printf(
                        "accepted=%d open=%d publishes=%d connectTimeouts=%d faults=%d receivedMb=%d units=%d longestGapMs=%d%n",
                        server.stats().accepted(),
                        server.stats().open(),
                        server.stats().publishesAccepted(),
                        server.stats().connectTimeouts(),
                        server.stats().connectionFaults().total(),
                        server.stats().receivedBytes() >> 20,
                        units.get(),
                        longestGapNs.get() / 1_000_000);
            }
        }
    }

    private static void onEvent(MediaEvent event, boolean watched) {
        if (watched && event instanceof AccessUnit) {
            long nowNs = System.nanoTime();
            if (units.getAndIncrement() > 0) {
                longestGapNs.accumulateAndGet(nowNs - lastNs, Math::max);
            }
            lastNs = nowNs;
        }
    }
}

package lancaster.bench.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * {@code publish PORT APP NAME STREAMS MEDIA [BYTES [LOG]]}, {@code idle PORT COUNT},
 * {@code flap PORT APP STREAMS MEDIA}, {@code bare PORT GROUP WAKE_UPS_A_SECOND}, or
 * {@code play PORT APP NAME PLAYERS PARSED RAMP_MS SLOW SLOW_BYTES_PER_SECOND SLOW_SECONDS LOG}. Speaks in lines on standard output and stops when standard input ends.
 */
public final class LoadMain {
    private LoadMain() {}

    public static void main(String[] args) throws IOException {
        PrintStream out = System.out;
        AtomicBoolean stopped = new AtomicBoolean();
        Thread stdin = new Thread(() -> untilEnd(System.in, stopped), "stdin");
        stdin.setDaemon(true);
        stdin.start();
        InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[1]));
        if (args[0].equals("bare")) {
            InetSocketAddress group = new InetSocketAddress(args[2], Integer.parseInt(args[1]));
            new BareLoop(group, Double.parseDouble(args[3])).run(stopped::get);
            return;
        }
        if (args[0].equals("idle")) {
            new IdleLoad(server, Integer.parseInt(args[2]), out).run(stopped::get);
            return;
        }
        if (args[0].equals("flap")) {
            new FlapLoad(server, args[2], Integer.parseInt(args[3]), Path.of(args[4]), out).run(stopped::get);
            return;
        }
        if (args[0].equals("play")) {
            int[] numbers =
                    Arrays.stream(args, 4, 10).mapToInt(Integer::parseInt).toArray();
            PlayLoad.Order order = new PlayLoad.Order(
                    server,
                    args[2],
                    args[3],
                    numbers[0],
                    numbers[1],
                    numbers[2],
                    numbers[3],
                    numbers[4],
                    numbers[5],
                    Path.of(args[10]));
            new PlayLoad(order, out).run(stopped::get);
            return;
        }
        int streams = Integer.parseInt(args[4]);
        long bytes = args.length > 6 ? Long.parseLong(args[6]) : 0;
        @Nullable Path log = args.length > 7 ? Path.of(args[7]) : null;
        new PublishLoad(new PublishLoad.Order(server, args[2], args[3], streams, Path.of(args[5]), bytes, log), out)
                .run(stopped::get);
    }

    private static void untilEnd(InputStream in, AtomicBoolean stopped) {
        try {
            while (in.read() >= 0) {}
        } catch (IOException e) {
            // The parent is gone, which is an end too.
        }
        stopped.set(true);
    }
}

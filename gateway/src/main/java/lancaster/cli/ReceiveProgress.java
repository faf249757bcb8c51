package lancaster.cli;

import java.io.PrintWriter;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import lancaster.receiver.ReceiverNews;

/** Tells who waits for a stream how it goes, a line each. */
final class ReceiveProgress {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final PrintWriter out;
    private String address = "";
    private boolean listed;

    ReceiveProgress(PrintWriter out) {
        this.out = out;
    }

    /** What is received, and where it will play. */
    synchronized void begin(List<String> urls, String playsAt) {
        address = playsAt;
        out.println("Receiving " + String.join(" and ", urls));
        out.println("  Watch it          " + playsAt);
        out.println("  HLS, for players  " + playsAt + ".m3u8");
        out.flush();
    }

    /** On the multicast loop. */
    synchronized void on(ReceiverNews news) {
        say(news.text());
    }

    /** Whether players find something now. */
    synchronized void listed(boolean now) {
        if (now && !listed) {
            say("playing at " + address);
        } else if (listed && !now) {
            say("nothing to play any more");
        }
        listed = now;
    }

    private void say(String text) {
        out.println(CLOCK.format(LocalTime.now(ZoneId.systemDefault())) + "  " + text);
        out.flush();
    }
}

package lancaster.cli;

import java.io.PrintWriter;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Optional;

/** What one opens and types in to use a demo: from this box, and from others where it listens to them. */
final class DemoAddresses {
    private static final int DEFAULT_RTMP_PORT = 1935;

    private final InetSocketAddress rtmp;
    private final InetSocketAddress http;
    private final String card;
    private final String key;
    private final String secret;

    /**
     * What there is.
     *
     * @param card the path of the test card
     * @param secret makes the first account
     */
    DemoAddresses(InetSocketAddress rtmp, InetSocketAddress http, String card, String key, String secret) {
        this.rtmp = rtmp;
        this.http = http;
        this.card = card;
        this.key = key;
        this.secret = secret;
    }

    /** Where the demo's own encoder publishes. */
    String encoderUrl() {
        return rtmp(here(rtmp)) + "/" + card + "?key=" + key;
    }

    void print(PrintWriter out, Optional<DemoMulticast> multicast) {
        String page = http(here(http));
        String server = rtmp(elsewhere(rtmp).orElse(here(rtmp))) + "/live";
        String studio = "studio?key=" + key;
        out.println();
        out.println("The test card is on air:");
        out.println("  Watch it          " + page + "/" + card);
        elsewhere(http).ifPresent(host -> out.println("  from another box  " + http(host) + "/" + card));
        out.println("  All that is live  " + page + "/");
        out.println("  HLS, for players  " + page + "/" + card + ".m3u8");
        // What stands behind # stays in the browser.
        out.println("  Manage it         " + page + "/admin/#" + secret);
        DemoMulticast.print(multicast, http(elsewhere(http).orElse(here(http))) + "/" + card, out);
        out.println();
        out.println("Publish a picture of your own. In OBS: Settings, Stream, Service \"Custom...\"");
        out.println("  Server            " + server);
        out.println("  Stream Key        " + studio);
        out.println("or with ffmpeg:");
        out.println("  ffmpeg -re -i FILE -c:v libx264 -g 50 -c:a aac -f flv \"" + server + "/" + studio + "\"");
        out.println("and watch it at     " + page + "/live/studio");
        out.println();
        out.println("Ctrl-C ends the demo; nothing is kept.");
    }

    private String rtmp(String host) {
        return "rtmp://" + host + (rtmp.getPort() == DEFAULT_RTMP_PORT ? "" : ":" + rtmp.getPort());
    }

    private String http(String host) {
        return "http://" + host + ":" + http.getPort();
    }

    /** {@code http://HOST:PORT}, from this box. */
    static String httpHere(InetSocketAddress listener) {
        return "http://" + here(listener) + ":" + listener.getPort();
    }

    private static String here(InetSocketAddress listener) {
        return listener.getAddress().isAnyLocalAddress() ? "127.0.0.1" : text(listener.getAddress());
    }

    /** The address by which others reach a listener; empty if only this box does. */
    private static Optional<String> elsewhere(InetSocketAddress listener) {
        if (!listener.getAddress().isAnyLocalAddress()) {
            return Optional.empty();
        }
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                    .map(DemoAddresses::text)
                    .findFirst();
        } catch (SocketException e) {
            return Optional.empty();
        }
    }

    private static String text(InetAddress address) {
        String text = address.getHostAddress();
        return address instanceof Inet4Address ? text : "[" + text + "]";
    }
}

package lancaster.probe.net;

import java.io.IOException;
import java.util.Locale;
import lancaster.net.Loops;
import lancaster.probe.ProbeReport;
import lancaster.probe.net.ProbeException.Reason;

/** Looks at a stream by the scheme of its address, on the thread of the caller and the loops that are handed in. */
public final class Probes {
    private Probes() {}

    /** @throws ProbeException where there is nothing to report */
    public static ProbeReport probe(ProbeRequest request, Loops loops) throws IOException {
        int colon = request.url().indexOf("://");
        String scheme = colon < 0 ? "" : request.url().substring(0, colon).toLowerCase(Locale.ROOT);
        return switch (scheme) {
            case "rtmp", "rtmfp" -> RtmpSource.probe(request, loops);
            case "http", "https" -> HttpSource.probe(request, loops);
            case "udp", "rtp" -> DatagramSource.probe(request, scheme.equals("rtp"), loops);
            case "", "file" -> FileSource.probe(request.url().replaceFirst("^file://", ""));
            default ->
                throw new ProbeException(
                        Reason.ADDRESS,
                        "probe doesn't speak " + scheme
                                + ": it looks at rtmp:, rtmfp:, http:, https:, udp: and rtp: addresses and" + " files");
        };
    }
}

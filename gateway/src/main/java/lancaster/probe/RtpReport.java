package lancaster.probe;

import java.util.List;
import java.util.Optional;

/**
 * What RTP itself says.
 *
 * @param senders everybody who sent to the group
 * @param received packets of the one that was received
 * @param lost of it
 * @param lossBursts in how many bursts
 * @param longestLossBurst packets of the longest
 * @param jitterMs interarrival jitter (RFC 3550 §6.4.1)
 * @param restarts how often another source took its place, or it began anew
 * @param parity error correction; absent where none came
 * @param control what the sender says of itself by RTCP
 */
public record RtpReport(
        List<Sender> senders,
        long received,
        long lost,
        long lossBursts,
        int longestLossBurst,
        long duplicates,
        long reordered,
        double jitterMs,
        long restarts,
        Optional<Parity> parity,
        Optional<Control> control) {
    public RtpReport {
        senders = List.copyOf(senders);
    }

    /** @param payloadType 33 is MPEG-TS */
    public record Sender(String address, int ssrc, int payloadType, long packets) {
        /** As programs print it. */
        public String ssrcText() {
            return String.format("%08X", ssrc);
        }
    }

    /**
     * @param columns packets
     * @param rows packets
     * @param recovered lost packets that were made anew
     * @param lostAfter what remained lost
     */
    public record Parity(long columns, long rows, long recovered, long lostAfter) {}

    /**
     * @param reports of the sender
     * @param name its CNAME; empty where it says none
     * @param tool its program; empty where it says none
     */
    public record Control(long reports, String name, String tool) {}

    public double lossPercent() {
        long sent = received + lost;
        return sent == 0 ? 0 : 100.0 * lost / sent;
    }
}

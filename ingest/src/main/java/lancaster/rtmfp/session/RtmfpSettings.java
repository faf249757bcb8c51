package lancaster.rtmfp.session;

import java.time.Duration;
import lancaster.rtmfp.flow.FlowLimits;

/**
 * What an endpoint grants its peers, and how long it waits for them. Times that RFC 7016 fixes are no settings.
 *
 * @param sessions open, closing and opening ones together
 * @param openings sessions that this end opens at a time
 * @param handshakesPerSecond begun by far ends; a second's worth may come at once
 * @param keyingsInWork handed to the crypto executor and not yet back
 * @param keepalivePeriod of sessions for which it is not set by {@link Session#keepalive}
 * @param silenceLimit how long a far end that owes an answer may be silent before its session is closed
 * @param idleLimit how long a session without flows stays open
 * @param packetLimitBytes of a plain packet with flows in it, on every path alike: RFC 7016 §3.5.4.3 wishes its MTU to be
 *     found out, and leaves a size that needs no finding out to us. With it, what a cipher adds (28 bytes with an HMAC of
 *     16), and the session ID, a datagram fits into the 1 280 bytes that every path of IPv6 carries (RFC 8200 §5). Others
 *     read no longer ones: MonaServer warns above 1 192
 * @param answersForwardedHellos whether peers behind address translators can open sessions to this end
 * @param endpointBufferBytes waiting for delivery in all receiving flows of the endpoint
 * @param sessionBufferBytes waiting for delivery in all receiving flows of a session
 * @param flows what flows may use
 */
public record RtmfpSettings(
        int sessions,
        int openings,
        int handshakesPerSecond,
        int keyingsInWork,
        Duration keepalivePeriod,
        Duration silenceLimit,
        Duration idleLimit,
        int packetLimitBytes,
        boolean answersForwardedHellos,
        long endpointBufferBytes,
        long sessionBufferBytes,
        FlowLimits flows) {
    public static final RtmfpSettings DEFAULTS = new RtmfpSettings(
            10_000,
            256,
            200,
            64,
            Duration.ofSeconds(25),
            Duration.ofSeconds(120),
            Duration.ofSeconds(300),
            1_192,
            true,
            256L << 20,
            8L << 20,
            FlowLimits.DEFAULTS);

    /** Room for a header, a chunk of user data with options as long as they may be, and some data. */
    private static final int MIN_PACKET_LIMIT = 800;

    /** What fits into a UDP datagram of IPv4, with room for what a cipher adds. */
    private static final int MAX_PACKET_LIMIT = 65_000;

    /** The same, but for how long a far end may owe an answer. */
    public RtmfpSettings withSilenceLimit(Duration limit) {
        return new RtmfpSettings(
                sessions,
                openings,
                handshakesPerSecond,
                keyingsInWork,
                keepalivePeriod,
                limit,
                idleLimit,
                packetLimitBytes,
                answersForwardedHellos,
                endpointBufferBytes,
                sessionBufferBytes,
                flows);
    }

    /** The same but for how many sessions there may be, and how soon one whose far end is gone is noticed. */
    public RtmfpSettings with(int otherSessions, Duration otherKeepalivePeriod, Duration otherSilenceLimit) {
        return new RtmfpSettings(
                otherSessions,
                openings,
                handshakesPerSecond,
                keyingsInWork,
                otherKeepalivePeriod,
                otherSilenceLimit,
                idleLimit,
                packetLimitBytes,
                answersForwardedHellos,
                endpointBufferBytes,
                sessionBufferBytes,
                flows);
    }

    public RtmfpSettings {
        if (sessions <= 0 || openings <= 0 || handshakesPerSecond <= 0 || keyingsInWork <= 0) {
            throw new IllegalArgumentException("limits of sessions and handshakes must be above zero");
        }
        if (keepalivePeriod.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("keepalive period below a second: " + keepalivePeriod);
        }
        if (silenceLimit.isNegative() || idleLimit.isNegative()) {
            throw new IllegalArgumentException("limits of silence and idleness must not be negative");
        }
        if (packetLimitBytes < MIN_PACKET_LIMIT || packetLimitBytes > MAX_PACKET_LIMIT) {
            throw new IllegalArgumentException("packet limit of " + packetLimitBytes + " bytes");
        }
    }
}

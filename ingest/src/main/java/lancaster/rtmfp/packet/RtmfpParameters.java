package lancaster.rtmfp.packet;

import java.time.Duration;

/**
 * The constants of RTMFP, each with its unit and the section of RFC 7016 that it comes from, and below them the limits
 * that the RFC asks for without naming a number. Times are nanoseconds unless the name says otherwise.
 */
public final class RtmfpParameters {
    // Packets

    /** A tick of the timestamps (§2.2.4). */
    public static final long TIMESTAMP_TICK_NS = ms(4);
    /** The longest plain packet we send: MonaServer takes no longer ones. */
    public static final int PACKET_LIMIT_BYTES = 1_192;
    /**
     * The longest packet of startup we send. Certificates may make it longer than a path takes: known implementations
     * leave that to IP and don't read fragments (§3.4).
     */
    public static final int STARTUP_PACKET_LIMIT_BYTES = 4_256;
    /** The shortest datagram: a session id and one cipher block less what truncation allows (§2.2.2). */
    public static final int MIN_DATAGRAM_BYTES = 12;

    // Packet fragmentation

    /** How long a fragmented packet may take (§3.4). */
    public static final long REASSEMBLY_LIFETIME_NS = seconds(60);
    /** How long a fragmented packet may go without a new fragment (§3.4). */
    public static final long REASSEMBLY_PROGRESS_NS = seconds(1);
    /** The longest packet put together from fragments (§3.4). */
    public static final int REASSEMBLY_LIMIT_BYTES = 65_536;
    /** What startup may send to one endpoint in each {@link #STARTUP_RATE_PERIOD_NS} (§3.4). */
    public static final int STARTUP_RATE_BYTES = 4_380;
    /** As {@link #STARTUP_RATE_BYTES}, in packets (§3.4). */
    public static final int STARTUP_RATE_PACKETS = 4;

    public static final long STARTUP_RATE_PERIOD_NS = ms(200);

    // Startup

    /** Until an opening session has failed (§3.5.1.1.1). */
    public static final long OPEN_TIMEOUT_NS = seconds(95);
    /** Between the first and the second IHello or IIKeying. */
    public static final long STARTUP_RETRANSMIT_NS = ms(1_000);
    /** What each further interval is longer than the one before, at least (§3.5.1.1.1). */
    public static final long STARTUP_BACKOFF_NS = ms(1_500);
    /** For how long an IIKeying that was repeated in vain may still be on its way, when another one crosses it. */
    public static final long GLARE_PATIENCE_NS = seconds(1);
    /** Candidate addresses of an opening session past which redirects add none (§3.5.1.1.1). */
    public static final int REDIRECT_THRESHOLD = 24;
    /** Until a cookie has expired, at least (§3.5.1.1.2). */
    public static final long COOKIE_LIFETIME_NS = seconds(95);

    // Round trip and retransmission timeout

    /** A timestamp older than this isn't echoed (§3.5.2.2). */
    public static final long TIMESTAMP_ECHO_LIFETIME_NS = seconds(128);
    /** Echoes that say more ticks than this are of no use (§3.5.2.2). */
    public static final int MAX_RTT_TICKS = 32_767;

    public static final long INITIAL_MRTO_NS = ms(250);
    public static final long INITIAL_ERTO_NS = seconds(3);
    /** The least ERTO (§3.5.2.2). */
    public static final long MIN_ERTO_NS = ms(250);
    /** What MRTO allows for delayed acknowledgements (§3.5.2.2). */
    public static final long MRTO_ALLOWANCE_NS = ms(200);
    /** The factor of ERTO at each timeout (§3.5.2.2). */
    public static final double ERTO_BACKOFF = 1.4142;
    /** The most that backoff makes of ERTO, MRTO apart (§3.5.2.2). */
    public static final long MAX_ERTO_NS = seconds(10);

    // Congestion control

    /** For how long time critical notifications, sent or received, count (§3.5.2.1). */
    public static final long TIME_CRITICAL_NS = ms(800);
    /** Packets of user data in answer to one packet received (§3.5.2.3). */
    public static final int MAX_BURST_PACKETS = 6;

    public static final int SMSS_BYTES = 1_460;
    public static final int CWND_INIT_BYTES = 4_380;
    public static final int CWND_TIMEDOUT_BYTES = SMSS_BYTES;
    /** Outstanding bytes past which a loss costs an eighth (A.1). */
    public static final int SCALABLE_DECREASE_BYTES = 67_200;
    /** Increases are spread over this many parts of the window (A.1). */
    public static final int INCREASE_PARTS = 16;

    public static final int MIN_INCREASE_THRESHOLD_BYTES = 64;
    public static final int MAX_INCREASE_THRESHOLD_BYTES = 4_800;
    public static final int TIME_CRITICAL_INCREASE_THRESHOLD_BYTES = 2_400;
    /** The window's increase at each threshold (A.2). */
    public static final int INCREASE_BYTES = 48;

    public static final int SLOW_INCREASE_BYTES = 24;

    // Sessions

    /** Between close requests (§3.5.5). */
    public static final long CLOSE_RETRANSMIT_NS = seconds(5);
    /** Until a close that nobody acknowledges is over (§3.5.5). */
    public static final long NEARCLOSE_NS = seconds(90);
    /** For how long a session that the far end closed still answers (§3.5.5). */
    public static final long FARCLOSE_LINGER_NS = seconds(19);
    /** Between two proofs of a new address (§3.5.4.2). */
    public static final long MOBILITY_CHECK_NS = seconds(1);
    /** Until a proof of an address is too old (§3.5.4.2). */
    public static final long MOBILITY_LIFETIME_NS = seconds(120);

    // Flows

    /** The unit of receive windows (§2.3.13). */
    public static final int BUFFER_BLOCK_BYTES = 1_024;
    /** The longest metadata (§2.3.11.1.1). */
    public static final int MAX_METADATA_BYTES = 512;
    /** Negative acknowledgements that make a loss (§3.6.2.5). */
    public static final int NAK_THRESHOLD = 3;
    /** The longest delay of an acknowledgement (§3.6.3.4.4). */
    public static final long DELAYED_ACK_NS = ms(200);
    /** Between the first buffer probes, ERTO apart (§3.6.2.9.1). */
    public static final long BUFFER_PROBE_NS = seconds(1);
    /** Between later buffer probes, ERTO apart (§3.6.2.9.1). */
    public static final long MAX_BUFFER_PROBE_NS = seconds(60);
    /** For how long a completed sending flow keeps its id (§3.6.2.11). */
    public static final long SEND_COMPLETE_LINGER_NS = seconds(130);
    /** For how long a completed receiving flow still acknowledges (§3.6.3.8). */
    public static final long RECV_COMPLETE_LINGER_NS = seconds(120);

    // Limits

    /** Options in one list; real ones have four. */
    public static final int MAX_OPTIONS = 64;
    /** Ranges or bits of one acknowledgement. */
    public static final int MAX_ACK_BYTES = 1_152;
    /** Fragments of one packet. */
    public static final int MAX_FRAGMENTS = 128;
    /** Packets that are put together from fragments at a time. */
    public static final int MAX_REASSEMBLIES = 64;

    private RtmfpParameters() {}

    private static long ms(long count) {
        return Duration.ofMillis(count).toNanos();
    }

    private static long seconds(long count) {
        return Duration.ofSeconds(count).toNanos();
    }
}

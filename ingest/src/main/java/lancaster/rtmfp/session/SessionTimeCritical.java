package lancaster.rtmfp.session;

import lancaster.rtmfp.packet.PacketHeader;
import lancaster.rtmfp.packet.RtmfpParameters;

/** Time critical data of a session, and what it and those of others mean for its congestion control (RFC 7016 §3.5.2.1). */
final class SessionTimeCritical {
    private final TimeCriticalNotices notices;
    private final Object session;
    private boolean sent;
    private long sentNs;
    private boolean reverseReceived;
    private long reverseReceivedNs;

    SessionTimeCritical(TimeCriticalNotices notices, Object session) {
        this.notices = notices;
        this.session = session;
    }

    void received(PacketHeader header, long nowNs) {
        if (header.timeCritical()) {
            notices.received(session, nowNs);
        }
        if (header.timeCriticalReverse()) {
            reverseReceived = true;
            reverseReceivedNs = nowNs;
        }
    }

    /** A packet with time critical data goes out. */
    void sent(long nowNs) {
        sent = true;
        sentNs = nowNs;
        notices.sent(nowNs);
    }

    /** TC_SENT (appendix A.2). */
    boolean isSending(long nowNs) {
        return sent && isRecent(sentNs, nowNs);
    }

    /** FASTGROW_ALLOWED (appendix A.2). */
    boolean isFastGrowAllowed(long nowNs) {
        return !(reverseReceived && isRecent(reverseReceivedNs, nowNs)) && !notices.sentAnywhere(nowNs);
    }

    /** Whether the far end is to know that others send us time critical data. */
    boolean reverse(long nowNs) {
        return notices.receivedElsewhere(session, nowNs);
    }

    void stop() {
        notices.forget(session);
    }

    private static boolean isRecent(long atNs, long nowNs) {
        return nowNs - atNs <= RtmfpParameters.TIME_CRITICAL_NS;
    }
}

package lancaster.rtmfp.tc;

import java.time.Duration;
import lancaster.bytes.ByteReader;
import lancaster.bytes.ByteWriter;
import lancaster.rtmp.message.RtmpMessage.UserControl;

/** User control messages that only RTMFP has (RFC 7425 §5.2, §5.3.4). */
final class TcUserControl {
    static final int FLOW_SYNC = 34;
    static final int SET_KEEPALIVE_TIMERS = 41;
    /** Shorter periods count as this one. */
    private static final Duration MIN_KEEPALIVE = Duration.ofSeconds(5);

    private TcUserControl() {}

    /** The marker that {@code count} flows get, so that none is read past it before all are read up to it. */
    static UserControl flowSync(long barrier, int count) {
        return new UserControl(
                FLOW_SYNC, new ByteWriter(8).u32(barrier).u32(count).bytes());
    }

    /** After which silence a client shall ask whether the server, or a peer, is still there. */
    static UserControl keepaliveTimers(Duration server, Duration peer) {
        return new UserControl(
                SET_KEEPALIVE_TIMERS,
                new ByteWriter(8).u32(server.toMillis()).u32(peer.toMillis()).bytes());
    }

    /** For sessions with the server. Throws a malformed ProtocolException where it is missing. */
    static Duration serverKeepalive(UserControl timers) {
        return period(new ByteReader(timers.data(), "keepalive timers").u32());
    }

    /** For sessions with peers. Throws a malformed ProtocolException where it is missing. */
    static Duration peerKeepalive(UserControl timers) {
        ByteReader in = new ByteReader(timers.data(), "keepalive timers");
        in.skip(4);
        return period(in.u32());
    }

    private static Duration period(long ms) {
        Duration period = Duration.ofMillis(ms);
        return period.compareTo(MIN_KEEPALIVE) < 0 ? MIN_KEEPALIVE : period;
    }
}

package lancaster.netconnection;

import java.time.Duration;
import lancaster.rtmfp.tc.TcSettings;

/**
 * What a connection says of itself, and how long it waits.
 *
 * @param flashVer what it calls itself; some servers look at it
 * @param connectTimeout from {@code connect} to a session with the server, and from there to its answer
 * @param peerTimeout from {@code play} to what the peer plays
 * @param maxPeerConnections peers that play from here or are played here, at a time; none are let in where it is 0
 * @param messages how messages go over flows
 */
public record NetConnectionSettings(
        String flashVer, Duration connectTimeout, Duration peerTimeout, int maxPeerConnections, TcSettings messages) {
    public static final NetConnectionSettings DEFAULTS = new NetConnectionSettings(
            "LNX 9,0,124,2", Duration.ofSeconds(20), Duration.ofSeconds(20), 8, TcSettings.DEFAULTS);

    public NetConnectionSettings {
        if (maxPeerConnections < 0) {
            throw new IllegalArgumentException("fewer than no peers: " + maxPeerConnections);
        }
    }

    public NetConnectionSettings withFlashVer(String name) {
        return new NetConnectionSettings(name, connectTimeout, peerTimeout, maxPeerConnections, messages);
    }

    public NetConnectionSettings withConnectTimeout(Duration timeout) {
        return new NetConnectionSettings(flashVer, timeout, peerTimeout, maxPeerConnections, messages);
    }

    public NetConnectionSettings withPeerTimeout(Duration timeout) {
        return new NetConnectionSettings(flashVer, connectTimeout, timeout, maxPeerConnections, messages);
    }

    public NetConnectionSettings withMaxPeerConnections(int peers) {
        return new NetConnectionSettings(flashVer, connectTimeout, peerTimeout, peers, messages);
    }
}

package lancaster.config;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import lancaster.access.AddressRange;
import lancaster.access.KeySource;
import lancaster.rendezvous.RendezvousSettings;
import lancaster.rtmfp.net.OtherServers;
import lancaster.rtmfp.net.RtmfpServerSettings;
import lancaster.rtmfp.session.RtmfpSettings;
import lancaster.rtmfp.tc.TcSettings;

/**
 * How RTMFP is served.
 *
 * @param addresses of clients that need no key
 * @param keys that let others in
 * @param others servers beside this one
 * @param keepalive after which silence a client and the server ask for each other
 * @param peerKeepalive and peers among themselves
 * @param silenceTimeout how long who owes an answer may be silent
 * @param reachTimeout how long other servers are waited for
 */
public record RtmfpConfig(
        InetSocketAddress listen,
        List<AddressRange> addresses,
        List<KeySource> keys,
        OtherServers others,
        Duration keepalive,
        Duration peerKeepalive,
        Duration silenceTimeout,
        Duration reachTimeout,
        RendezvousSettings introductions) {
    /** Networks that nobody else has (RFC 1918, RFC 4193), links (RFC 3927, RFC 4291 §2.5.6), and the box itself. */
    static final List<AddressRange> PRIVATE = List.of(
            range("10.0.0.0/8"),
            range("172.16.0.0/12"),
            range("192.168.0.0/16"),
            range("169.254.0.0/16"),
            range("127.0.0.0/8"),
            range("fc00::/7"),
            range("fe80::/10"),
            range("::1"));

    public RtmfpConfig {
        addresses = List.copyOf(addresses);
        keys = List.copyOf(keys);
    }

    /** With the default of everything. */
    static RtmfpConfig at(InetSocketAddress listen) {
        return new RtmfpConfig(
                listen,
                PRIVATE,
                List.of(),
                OtherServers.NONE,
                TcSettings.DEFAULTS.serverKeepalive(),
                TcSettings.DEFAULTS.peerKeepalive(),
                RtmfpSettings.DEFAULTS.silenceLimit(),
                RtmfpServerSettings.DEFAULTS.patience(),
                RendezvousSettings.DEFAULTS);
    }

    private static AddressRange range(String text) {
        return AddressRange.parse(text).orElseThrow();
    }
}

package lancaster.rtmfp.net;

import java.time.Duration;
import lancaster.rendezvous.RendezvousSettings;
import lancaster.rtmfp.session.RtmfpSettings;
import lancaster.rtmfp.tc.TcSettings;
import lancaster.rtmp.session.RtmpSettings;

/**
 * What an RTMFP server grants its clients.
 *
 * @param transport sessions and flows
 * @param messages how RTMP goes over them
 * @param connections what a connection may do, as over TCP
 * @param introductions of clients to each other
 * @param patience with which other servers are waited for
 */
public record RtmfpServerSettings(
        RtmfpSettings transport,
        TcSettings messages,
        RtmpSettings connections,
        RendezvousSettings introductions,
        Duration patience) {
    public static final RtmfpServerSettings DEFAULTS = new RtmfpServerSettings(
            RtmfpSettings.DEFAULTS,
            TcSettings.DEFAULTS,
            RtmpSettings.DEFAULTS,
            RendezvousSettings.DEFAULTS,
            Duration.ofSeconds(20));
}

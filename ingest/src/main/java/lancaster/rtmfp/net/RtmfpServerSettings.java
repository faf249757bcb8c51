package lancaster.rtmfp.net;

import lancaster.rtmfp.session.RtmfpSettings;
import lancaster.rtmfp.tc.TcSettings;
import lancaster.rtmp.session.RtmpSettings;

/**
 * What an RTMFP server grants its clients.
 *
 * @param transport sessions and flows
 * @param messages how RTMP goes over them
 * @param connections what a connection may do, as over TCP
 */
public record RtmfpServerSettings(RtmfpSettings transport, TcSettings messages, RtmpSettings connections) {
    public static final RtmfpServerSettings DEFAULTS =
            new RtmfpServerSettings(RtmfpSettings.DEFAULTS, TcSettings.DEFAULTS, RtmpSettings.DEFAULTS);
}

package lancaster.rtmfp.net;

import lancaster.rtmp.session.RtmpUrl;

/**
 * Where another RTMFP server is.
 *
 * @param host a name or an address; one of IPv6 in brackets
 */
public record ServerAddress(String host, int port) {
    /** The address of the server itself, without an application. */
    RtmpUrl url() {
        return new RtmpUrl(RtmpUrl.Scheme.RTMFP, host, port, "", "");
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}

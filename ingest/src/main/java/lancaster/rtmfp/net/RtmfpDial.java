package lancaster.rtmfp.net;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import lancaster.net.NettyRunLoop;
import lancaster.net.Transport;
import lancaster.rtmfp.session.EndpointListener;
import lancaster.rtmfp.session.RtmfpEndpoint;
import lancaster.rtmfp.session.Session;
import lancaster.rtmfp.tc.TcClientConnection;
import lancaster.rtmfp.tc.TcOpening;
import lancaster.rtmfp.tc.TcSettings;
import lancaster.rtmp.session.RtmpUrl;

/** A connection to a server over a way of its own. Owner: its loop. */
final class RtmfpDial {
    private final RtmpUrl url;
    private final NettyRunLoop loop;
    private final Duration patience;
    private final RtmfpWay way;
    private final TcClientConnection connection;
    private Optional<TcOpening> opening = Optional.empty();

    /**
     * @param crypto looks the host up and reckons the handshake, and may wait
     * @param patience after which a server that doesn't answer is given up
     */
    RtmfpDial(RtmpUrl url, Transport transport, NettyRunLoop loop, Executor crypto, Duration patience) {
        this.url = url;
        this.patience = patience;
        this.loop = loop;
        this.way = new RtmfpWay(url, transport, loop, crypto);
        this.connection = new TcClientConnection(TcSettings.DEFAULTS, loop, this::hangUp);
    }

    TcClientConnection connection() {
        return connection;
    }

    /** Begins; what becomes of it is told to whom the connection belongs. From any thread. */
    void begin() {
        way.begin(this::open, this::fail);
    }

    private void open(RtmfpWay.Open open) {
        // Nobody knows us, so that nobody calls.
        RtmfpEndpoint endpoint = way.endpoint(open, (EndpointListener) Session::close);
        opening = Optional.of(TcOpening.begin(
                endpoint, loop, url.tcUrl(), open.servers(), patience, connection::onSession, this::fail));
    }

    private void fail(String why) {
        connection.onFailed(why);
        hangUp();
    }

    /** The connection is over. */
    private void hangUp() {
        opening.ifPresent(TcOpening::cancel);
        way.hangUp();
    }
}

package lancaster.rtmfp.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import lancaster.net.ListenException;
import lancaster.net.Loops;
import lancaster.net.NettyRunLoop;
import lancaster.rtmfp.crypto.EndpointDiscriminator;
import lancaster.rtmfp.crypto.FlashCryptoProfile;
import lancaster.rtmfp.crypto.FlashIdentity;
import lancaster.rtmfp.crypto.FlashSettings;
import lancaster.rtmfp.session.EndpointListener;
import lancaster.rtmfp.session.OpenFailure;
import lancaster.rtmfp.session.OpenListener;
import lancaster.rtmfp.session.Opening;
import lancaster.rtmfp.session.RtmfpEndpoint;
import lancaster.rtmfp.session.RtmfpSettings;
import lancaster.rtmfp.session.Session;
import lancaster.rtmfp.tc.TcClientConnection;
import lancaster.rtmfp.tc.TcSettings;
import lancaster.rtmp.session.RtmpUrl;
import lancaster.runloop.Timer;
import org.jspecify.annotations.Nullable;

/**
 * A client's way to a server: a socket and an endpoint of its own, and the session that it opens there. Owner: its loop.
 */
final class RtmfpDial {
    /** How long the server gets to take what was said last. */
    private static final long LINGER_NS = 5_000_000_000L;

    /** A server that is there answers within a round trip; handshakes may be lost. */
    private static final long PATIENCE_NS = 20_000_000_000L;

    private static final String NO_ANSWER = "no answer from %s:%d: does it serve RTMFP, and is UDP let through?";

    private final RtmpUrl url;
    private final Loops loops;
    private final NettyRunLoop loop;
    private final Executor crypto;
    private final TcClientConnection connection;
    private @Nullable UdpInterface socket;
    private @Nullable RtmfpEndpoint endpoint;
    private @Nullable Opening opening;
    private Timer patience = Timer.NONE;
    private boolean over;

    /** @param crypto looks the host up and reckons the handshake, and may wait */
    RtmfpDial(RtmpUrl url, Loops loops, NettyRunLoop loop, Executor crypto) {
        this.url = url;
        this.loops = loops;
        this.loop = loop;
        this.crypto = crypto;
        this.connection = new TcClientConnection(TcSettings.DEFAULTS, loop, this::hangUp);
    }

    TcClientConnection connection() {
        return connection;
    }

    /** Begins; what becomes of it is told to whom the connection belongs. From any thread. */
    void begin() {
        crypto.execute(() -> {
            try {
                List<InetSocketAddress> servers = Arrays.stream(InetAddress.getAllByName(url.host()))
                        .map(address -> new InetSocketAddress(address, url.port()))
                        .toList();
                FlashIdentity identity = FlashIdentity.generate(FlashSettings.PEER, new SecureRandom());
                loop.execute(() -> open(servers, identity));
            } catch (UnknownHostException e) {
                loop.execute(() -> fail("the host isn't known: " + e.getMessage()));
            }
        });
    }

    private void open(List<InetSocketAddress> servers, FlashIdentity identity) {
        if (over) {
            return;
        }
        // One socket has one family; a host of both is known by the first.
        InetAddress first = servers.get(0).getAddress();
        List<InetSocketAddress> alike = servers.stream()
                .filter(server -> server.getAddress().getClass() == first.getClass())
                .toList();
        try {
            InetAddress any = InetAddress.getByAddress(new byte[first.getAddress().length]);
            UdpInterface opened = UdpInterface.open(new InetSocketAddress(any, 0), loops.transport(), loop);
            socket = opened;
            SecureRandom random = new SecureRandom();
            RtmfpEndpoint made = new RtmfpEndpoint(
                    RtmfpSettings.DEFAULTS,
                    loop,
                    opened,
                    new FlashCryptoProfile(identity, random),
                    crypto,
                    random,
                    // Nobody knows us, so that nobody calls.
                    (EndpointListener) Session::close);
            endpoint = made;
            opened.listen(made::onDatagram);
            patience = loop.schedule(PATIENCE_NS, () -> fail(NO_ANSWER.formatted(url.host(), url.port())));
            opening = made.open(EndpointDiscriminator.of(url.tcUrl()).encoded(), alike, new Opened());
        } catch (ListenException | UnknownHostException e) {
            fail(String.valueOf(e.getMessage()));
        }
    }

    private final class Opened implements OpenListener {
        @Override
        public void onOpen(Session session) {
            patience.cancel();
            connection.onSession(session);
        }

        @Override
        public void onFailed(OpenFailure failure) {
            fail(
                    switch (failure) {
                        case NO_ANSWER -> NO_ANSWER.formatted(url.host(), url.port());
                        case NO_KEYS -> "the server begins a handshake and doesn't end it";
                        case NOT_ACCEPTABLE -> "the server has no keys of a kind that is understood here";
                        case TOO_MANY_SESSIONS, ENDPOINT_CLOSED -> "closed by us";
                    });
        }
    }

    private void fail(String why) {
        connection.onFailed(why);
        hangUp();
    }

    /** The connection is over. */
    private void hangUp() {
        if (!over) {
            over = true;
            patience.cancel();
            if (opening != null) {
                opening.cancel();
            }
            var unused = loop.schedule(endpoint == null ? 0 : LINGER_NS, this::discard);
        }
    }

    private void discard() {
        if (endpoint != null) {
            endpoint.close();
        }
        if (socket != null) {
            socket.close();
        }
    }
}

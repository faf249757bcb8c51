package lancaster.rtmfp.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import lancaster.net.ListenException;
import lancaster.net.NettyRunLoop;
import lancaster.net.Transport;
import lancaster.rtmfp.crypto.FlashCryptoProfile;
import lancaster.rtmfp.crypto.FlashIdentity;
import lancaster.rtmfp.crypto.FlashSettings;
import lancaster.rtmfp.session.EndpointListener;
import lancaster.rtmfp.session.RtmfpEndpoint;
import lancaster.rtmfp.session.RtmfpSettings;
import lancaster.rtmp.session.RtmpUrl;
import org.jspecify.annotations.Nullable;

/** A client's way to a server: the addresses of the host, a socket and an endpoint of its own. Owner: its loop. */
final class RtmfpWay {
    /** How long the server gets to take what was said last. */
    private static final long LINGER_NS = 5_000_000_000L;

    private final RtmpUrl url;
    private final Transport transport;
    private final NettyRunLoop loop;
    private final Executor crypto;
    private @Nullable UdpInterface socket;
    private @Nullable RtmfpEndpoint endpoint;
    private boolean over;

    /** What is there once the way is known. */
    record Open(UdpInterface socket, FlashIdentity identity, List<InetSocketAddress> servers) {}

    /** @param crypto looks the host up and reckons handshakes, and may wait */
    RtmfpWay(RtmpUrl url, Transport transport, NettyRunLoop loop, Executor crypto) {
        this.url = url;
        this.transport = transport;
        this.loop = loop;
        this.crypto = crypto;
    }

    /** Looks for it, from any thread; one of both is called, on the loop, unless it is given up before. */
    void begin(Consumer<Open> ready, Consumer<String> failed) {
        crypto.execute(() -> {
            try {
                List<InetSocketAddress> servers = Arrays.stream(InetAddress.getAllByName(url.host()))
                        .map(address -> new InetSocketAddress(address, url.port()))
                        .toList();
                FlashIdentity identity = FlashIdentity.generate(FlashSettings.PEER, new SecureRandom());
                loop.execute(() -> open(servers, identity, ready, failed));
            } catch (UnknownHostException e) {
                loop.execute(() -> failed.accept("the host isn't known: " + e.getMessage()));
            }
        });
    }

    private void open(
            List<InetSocketAddress> servers, FlashIdentity identity, Consumer<Open> ready, Consumer<String> failed) {
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
            UdpInterface opened = UdpInterface.open(new InetSocketAddress(any, 0), transport, loop);
            socket = opened;
            ready.accept(new Open(opened, identity, alike));
        } catch (ListenException | UnknownHostException e) {
            failed.accept(String.valueOf(e.getMessage()));
        }
    }

    /** The one endpoint. */
    RtmfpEndpoint endpoint(Open open, EndpointListener listener) {
        SecureRandom random = new SecureRandom();
        RtmfpEndpoint made = new RtmfpEndpoint(
                RtmfpSettings.DEFAULTS,
                loop,
                open.socket(),
                new FlashCryptoProfile(open.identity(), random),
                crypto,
                random,
                listener);
        endpoint = made;
        open.socket().listen(made::onDatagram);
        return made;
    }

    /** It isn't needed any more, but for what was said last. */
    void hangUp() {
        if (!over) {
            over = true;
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

package lancaster.rtmfp.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import lancaster.amf.AmfValue;
import lancaster.flv.FlvMessage;
import lancaster.net.Loops;
import lancaster.net.NettyRunLoop;
import lancaster.netconnection.DirectStream;
import lancaster.netconnection.NetConnection;
import lancaster.netconnection.NetConnectionListener;
import lancaster.netconnection.NetConnectionSettings;
import lancaster.netconnection.NetStatusEvent;
import lancaster.netconnection.NetStreamListener;
import lancaster.rtmfp.crypto.FlashCryptoProfile;
import lancaster.rtmfp.crypto.FlashIdentity;
import lancaster.rtmfp.crypto.FlashSettings;
import lancaster.rtmfp.crypto.PeerId;
import lancaster.rtmfp.session.EndpointListener;
import lancaster.rtmfp.session.RtmfpEndpoint;
import lancaster.rtmfp.session.RtmfpSettings;
import lancaster.rtmfp.tc.TcSettings;

/** A client and peer of ours on a socket on loopback; waits for what tests wait for. */
final class LoopbackClient implements NetConnectionListener, AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(PATIENCE_SECONDS);
    /** Nothing is late, however busy the machine is. */
    private static final NetConnectionSettings SETTINGS = new NetConnectionSettings(
            NetConnectionSettings.DEFAULTS.flashVer(),
            PATIENCE,
            PATIENCE,
            NetConnectionSettings.DEFAULTS.maxPeerConnections(),
            new TcSettings(PATIENCE, PATIENCE, Duration.ofSeconds(15), Duration.ofSeconds(10)));

    private final BlockingQueue<String> codes = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> calls = new LinkedBlockingQueue<>();
    private final NettyRunLoop loop;
    private final UdpInterface socket;
    private final FlashIdentity identity;
    private final Executor crypto;
    private final NetConnection connection;

    LoopbackClient(Loops loops, Executor crypto) throws Exception {
        this(loops, crypto, FlashSettings.PEER);
    }

    LoopbackClient(Loops loops, Executor crypto, FlashSettings settings) throws Exception {
        this.loop = loops.rtmfp();
        this.crypto = crypto;
        this.identity = FlashIdentity.generate(settings, new SecureRandom());
        this.socket =
                UdpInterface.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), loops.transport(), loop);
        CompletableFuture<NetConnection> made = new CompletableFuture<>();
        loop.execute(() -> made.complete(new NetConnection(SETTINGS, loop, this::endpoint, LoopbackClient.this)));
        this.connection = made.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private RtmfpEndpoint endpoint(EndpointListener listener) {
        SecureRandom random = new SecureRandom();
        RtmfpEndpoint endpoint = new RtmfpEndpoint(
                RtmfpSettings.DEFAULTS,
                loop,
                socket,
                new FlashCryptoProfile(identity, random),
                crypto,
                random,
                listener);
        socket.listen(endpoint::onDatagram);
        return endpoint;
    }

    PeerId id() {
        return identity.peerId();
    }

    /** Connects to the server at this port, and waits until it is. */
    LoopbackClient connect(int port) throws InterruptedException {
        InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        on(its -> {
            its.peerAddresses(List.of(socket.localAddress()));
            its.connect("rtmfp://127.0.0.1:" + port + "/live", List.of(server));
        });
        await("NetConnection.Connect.Success");
        return this;
    }

    /** Does something on the loop. */
    void on(Consumer<NetConnection> action) {
        loop.execute(() -> action.accept(connection));
    }

    /** Publishes for peers; the tags are sent in their time once the first peer plays. */
    void publish(String name, List<FlvMessage> tags) {
        on(its -> {
            DirectStream stream = its.directStream(NetStreamListener.NONE);
            stream.publish(name);
            send(stream, tags);
        });
    }

    private void send(DirectStream stream, List<FlvMessage> tags) {
        if (stream.peerStreams().isEmpty()) {
            var unused = loop.schedule(20_000_000, () -> send(stream, tags));
            return;
        }
        for (FlvMessage tag : tags) {
            var unused = loop.schedule(tag.timestampMs() * 1_000_000, () -> stream.append(tag));
        }
        long lastMs = tags.get(tags.size() - 1).timestampMs();
        var unused = loop.schedule((lastMs + 500) * 1_000_000, stream::close);
    }

    /** Waits until it is told this. */
    void await(String code) throws InterruptedException {
        String next = "nothing";
        while (!next.equals(code)) {
            String before = next;
            next = codes.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("no " + code + ", and the last was " + before);
            }
        }
    }

    /** Waits for the next call by the server: its name and arguments. */
    String nextCall() throws InterruptedException {
        String call = calls.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (call == null) {
            throw new AssertionError("the server calls nothing");
        }
        return call;
    }

    @Override
    public void onCall(String name, List<AmfValue> arguments) {
        calls.add(name + arguments);
    }

    @Override
    public void onNetStatus(NetStatusEvent event) {
        codes.add(event.code());
    }

    @Override
    public void close() {
        CompletableFuture<Boolean> closed = new CompletableFuture<>();
        on(its -> {
            its.close();
            closed.complete(true);
        });
        closed.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        socket.close();
    }
}

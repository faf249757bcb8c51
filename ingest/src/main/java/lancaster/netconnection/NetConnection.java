package lancaster.netconnection;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import lancaster.amf.AmfObject;
import lancaster.amf.AmfValue;
import lancaster.bytes.Bytes;
import lancaster.rtmfp.crypto.PeerId;
import lancaster.rtmfp.session.EndpointListener;
import lancaster.rtmfp.session.RtmfpEndpoint;
import lancaster.rtmfp.session.Session;
import lancaster.rtmfp.tc.TcClientConnection;
import lancaster.rtmfp.tc.TcOpening;
import lancaster.rtmp.chunk.ChunkLimits;
import lancaster.rtmp.message.NetStatus;
import lancaster.rtmp.message.RtmpMessage;
import lancaster.rtmp.message.RtmpMessage.Command;
import lancaster.rtmp.session.ClientEnd;
import lancaster.rtmp.session.Deadline;
import lancaster.runloop.RunLoop;

/**
 * A client: its connection to a server (RTMP §7.2.1, RFC 7425 §5), the streams in it, and the peers that it plays from and
 * for. Owner: the loop that it is made with, on which all of it is called.
 */
public final class NetConnection {
    /** Connects to no server: peers are then found where their addresses are known. */
    public static final String SERVERLESS = "rtmfp:";

    /** How long the server gets to take what was sent last. */
    private static final Duration LINGER = Duration.ofSeconds(2);

    private enum State {
        NEW,
        CONNECTING,
        CONNECTED,
        CLOSED
    }

    private final NetConnectionSettings settings;
    private final RunLoop loop;
    private final NetConnectionListener listener;
    private final Peers peers;
    private final RtmfpEndpoint endpoint;
    private final TcClientConnection server;
    private final Calls calls;
    private final Deadline deadline;
    private final Map<Integer, ServerStream> streams = new HashMap<>();
    private final Set<PeerStream> peerPlays = new LinkedHashSet<>();
    private State state = State.NEW;
    private String uri = "";
    private int maxPeerConnections;
    private List<InetSocketAddress> peerAddresses = List.of();
    private Optional<TcOpening> opening = Optional.empty();
    private Optional<Session> session = Optional.empty();

    /**
     * @param endpoint makes the endpoint of this connection and of nobody else, which tells this listener of sessions;
     *     it is closed by whom it belongs to, some seconds after the connection
     */
    public NetConnection(
            NetConnectionSettings settings,
            RunLoop loop,
            Function<EndpointListener, RtmfpEndpoint> endpoint,
            NetConnectionListener listener) {
        this.settings = settings;
        this.loop = loop;
        this.listener = listener;
        this.maxPeerConnections = settings.maxPeerConnections();
        this.deadline = new Deadline(loop);
        this.peers = new Peers(this);
        this.endpoint = endpoint.apply(peers);
        this.server = new TcClientConnection(settings.messages(), loop, () -> {});
        this.calls = new Calls(server::send);
        server.limit(ChunkLimits.MEDIA);
        server.deliverTo(this::onMessage);
        server.attach(new Server());
    }

    /**
     * Connects to a server, once. {@code NetConnection.Connect.Success}, {@code Rejected} or {@code Failed} follows.
     *
     * @param toUri {@code rtmfp://HOST[:PORT]/APP}, or {@link #SERVERLESS}
     * @param addresses where the server may be; nothing looks names up here
     * @param arguments what the application wants to be told
     */
    public void connect(String toUri, List<InetSocketAddress> addresses, AmfValue... arguments) {
        if (state != State.NEW) {
            throw new IllegalStateException("a connection connects once");
        }
        uri = toUri;
        if (toUri.equals(SERVERLESS)) {
            state = State.CONNECTED;
            say(NetStatusEvent.of(NetStatus.CONNECT_SUCCESS, "without a server"));
            return;
        }
        List<AmfValue> request = ConnectRequest.arguments(toUri, settings.flashVer(), arguments);
        state = State.CONNECTING;
        opening = Optional.of(TcOpening.begin(
                endpoint,
                loop,
                toUri,
                addresses,
                settings.connectTimeout(),
                opened -> onSession(opened, request),
                server::onFailed));
    }

    private void onSession(Session opened, List<AmfValue> request) {
        session = Optional.of(opened);
        server.onSession(opened);
        deadline.set(settings.connectTimeout(), () -> end("the server doesn't answer to connect"));
        calls.connect(request, new Responder() {
            @Override
            public void onResult(AmfValue result) {
                onAccepted(result.asObject().orElse(AmfObject.EMPTY));
            }

            @Override
            public void onStatus(AmfObject info) {
                if (state == State.CONNECTING) {
                    reject(info);
                }
            }
        });
    }

    private void onAccepted(AmfObject info) {
        deadline.cancel();
        state = State.CONNECTED;
        tellAddresses();
        say(
                info.string("code").isPresent()
                        ? NetStatusEvent.of(info)
                        : NetStatusEvent.of(NetStatus.CONNECT_SUCCESS, "connected"));
    }

    private void reject(AmfObject info) {
        state = State.CLOSED;
        deadline.cancel();
        server.close();
        say(
                info.string("code").isPresent()
                        ? NetStatusEvent.of(info)
                        : NetStatusEvent.of(NetStatus.CONNECT_REJECTED, "the server rejects the connection"));
    }

    /** A stream through the server. */
    public ServerStream stream(NetStreamListener itsListener) {
        ServerStream made = new ServerStream(this, itsListener);
        made.create();
        return made;
    }

    /** A stream for peers. */
    public DirectStream directStream(NetStreamListener itsListener) {
        return new DirectStream(this, peers, itsListener);
    }

    /** A stream from a peer. */
    public PeerStream peerStream(PeerId farID, NetStreamListener itsListener) {
        return new PeerStream(this, peers, farID, itsListener);
    }

    /** Calls a method of the application. */
    public void call(String name, Responder responder, AmfValue... arguments) {
        if (state == State.CLOSED || session.isEmpty()) {
            responder.onStatus(AmfObject.EMPTY);
        } else {
            calls.call(name, responder, arguments);
        }
    }

    /**
     * Where peers may reach this end besides what the server sees, its own interfaces before all; told to the server now or
     * once it is connected (RFC 7425 §5.3.5).
     */
    public void peerAddresses(List<InetSocketAddress> addresses) {
        peerAddresses = List.copyOf(addresses);
        if (state == State.CONNECTED) {
            tellAddresses();
        }
    }

    private void tellAddresses() {
        if (maxPeerConnections > 0 && session.isPresent()) {
            AmfValue[] texts = peerAddresses.stream()
                    .map(address -> new AmfValue.Str(text(address)))
                    .toArray(AmfValue[]::new);
            calls.call("setPeerInfo", Responder.NONE, texts);
        }
    }

    private static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress().replaceAll("%.*", "");
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
    }

    /** As many peers as may play from here or be played here from now on, together; who is connected stays. */
    public void maxPeerConnections(int peersAtATime) {
        maxPeerConnections = settings.withMaxPeerConnections(peersAtATime).maxPeerConnections();
    }

    public int maxPeerConnections() {
        return maxPeerConnections;
    }

    /** Empty before {@link #connect}. */
    public String uri() {
        return uri;
    }

    public boolean connected() {
        return state == State.CONNECTED;
    }

    public String protocol() {
        return "rtmfp";
    }

    public PeerId nearID() {
        return endpoint.nearPeerId();
    }

    /** The server's; nothing before there is a session with it. */
    public Optional<PeerId> farID() {
        return session.map(its -> its.farCertificate().peerId());
    }

    /** The server's far nonce. */
    public Optional<Bytes> nearNonce() {
        return session.map(Session::nearNonce);
    }

    public Optional<Bytes> farNonce() {
        return session.map(Session::farNonce);
    }

    /** Ends all streams, and the connection once what was sent has arrived. {@code NetConnection.Connect.Closed} follows at once. */
    public void close() {
        if (state == State.CLOSED) {
            return;
        }
        finishStreams();
        state = State.CLOSED;
        opening.ifPresent(TcOpening::cancel);
        server.finish();
        deadline.set(LINGER, server::close);
        calls.end();
        say(NetStatusEvent.of(NetStatus.CONNECT_CLOSED, "closed by us"));
    }

    private void finishStreams() {
        List.copyOf(peerPlays).forEach(PeerStream::close);
        peers.close();
    }

    /** The server or the way to it is gone, and all streams with it. */
    private void end(String why) {
        if (state == State.CLOSED) {
            return;
        }
        boolean failed = state == State.CONNECTING;
        state = State.CLOSED;
        deadline.cancel();
        server.close();
        calls.end();
        finishStreams();
        say(NetStatusEvent.of(failed ? NetStatus.CONNECT_FAILED : NetStatus.CONNECT_CLOSED, why));
    }

    private void onMessage(RtmpMessage message) {
        int id = streamId(message);
        ServerStream stream = streams.get(id);
        if (stream != null) {
            stream.onMessage(message);
        } else if (message instanceof Command command && state != State.CLOSED) {
            onCommand(command);
        }
    }

    private void onCommand(Command command) {
        switch (command.name()) {
            case "_result" -> calls.onResult(command);
            case "_error" -> calls.onError(command);
            case "onStatus" -> say(NetStatusEvent.of(command.object(1)));
            default -> {
                List<AmfValue> arguments = command.arguments();
                listener.onCall(command.name(), arguments.subList(Math.min(1, arguments.size()), arguments.size()));
            }
        }
    }

    private static int streamId(RtmpMessage message) {
        if (message instanceof Command command) {
            return command.messageStreamId();
        } else if (message instanceof RtmpMessage.Data data) {
            return data.messageStreamId();
        } else if (message instanceof RtmpMessage.Audio audio) {
            return audio.messageStreamId();
        } else if (message instanceof RtmpMessage.Video video) {
            return video.messageStreamId();
        }
        return message instanceof RtmpMessage.Aggregate aggregate ? aggregate.messageStreamId() : 0;
    }

    private final class Server implements ClientEnd {
        @Override
        public void onConnected() {
            // The one who opened the session goes on.
        }

        @Override
        public void onWritable() {
            List.copyOf(streams.values()).forEach(ServerStream::onWritable);
        }

        @Override
        public void onFault(String why) {
            end(why);
        }

        @Override
        public void onClosed(String why) {
            end(why);
        }
    }

    private void say(NetStatusEvent event) {
        listener.onNetStatus(event);
    }

    /** Tells of a stream between peers. */
    NetStatusEvent tell(NetStatus status, String description, NetStream stream) {
        NetStatusEvent event = NetStatusEvent.of(status, description).about(stream);
        say(event);
        return event;
    }

    void add(int messageStreamId, ServerStream stream) {
        streams.put(messageStreamId, stream);
    }

    void remove(int messageStreamId) {
        streams.remove(messageStreamId);
    }

    void watch(PeerStream stream) {
        peerPlays.add(stream);
    }

    void unwatch(PeerStream stream) {
        peerPlays.remove(stream);
    }

    void send(RtmpMessage message) {
        server.send(message);
    }

    long bufferedBytes() {
        return server.pendingBytes();
    }

    NetConnectionSettings settings() {
        return settings;
    }

    RunLoop loop() {
        return loop;
    }

    RtmfpEndpoint endpoint() {
        return endpoint;
    }

    Duration peerKeepalive() {
        return server.peerKeepalive();
    }

    boolean isServer(Session other) {
        return session.filter(its -> its == other).isPresent();
    }

    Optional<InetSocketAddress> serverAddress() {
        return session.filter(its -> connected()).map(Session::farAddress);
    }
}

package lancaster.rtmfp.tc;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import lancaster.amf.AmfObject;
import lancaster.amf.AmfValue;
import lancaster.rtmfp.crypto.EndpointDiscriminator;
import lancaster.rtmfp.crypto.FlashCryptoProfile;
import lancaster.rtmfp.crypto.FlashIdentity;
import lancaster.rtmfp.crypto.FlashSettings;
import lancaster.rtmfp.crypto.PeerId;
import lancaster.rtmfp.flow.RecvFlow;
import lancaster.rtmfp.session.CloseReason;
import lancaster.rtmfp.session.EndpointListener;
import lancaster.rtmfp.session.OpenFailure;
import lancaster.rtmfp.session.OpenListener;
import lancaster.rtmfp.session.PacketSink;
import lancaster.rtmfp.session.RtmfpEndpoint;
import lancaster.rtmfp.session.RtmfpSettings;
import lancaster.rtmfp.session.Session;
import lancaster.rtmfp.session.SessionListener;
import lancaster.rtmp.message.RtmpMessage;
import lancaster.rtmp.message.RtmpMessage.Command;
import lancaster.rtmp.session.ClientEnd;
import lancaster.runloop.RunLoop;

/**
 * A client that connects to a server, tells its addresses, and seeks others by their peer IDs; and remembers what comes of
 * it. All but what it remembers is used on its loop.
 */
public final class MeetingPeer implements EndpointListener {
    private static final int CONNECT = 1;
    private static final int CALL = 7;

    /** Answers of the server: the name of the command and the code or text in it. */
    public final List<Command> answers = Collections.synchronizedList(new ArrayList<>());
    /** Sessions with other peers that are open, whoever opened them. */
    public final Map<PeerId, Session> met = Collections.synchronizedMap(new LinkedHashMap<>());

    public final Map<PeerId, CloseReason> parted = Collections.synchronizedMap(new LinkedHashMap<>());
    public final List<OpenFailure> failures = Collections.synchronizedList(new ArrayList<>());
    public volatile Optional<String> closed = Optional.empty();
    private final FlashIdentity identity;
    private final RtmfpEndpoint endpoint;
    private final TcClientConnection connection;
    private volatile Optional<InetSocketAddress> server = Optional.empty();

    public MeetingPeer(RtmfpSettings settings, RunLoop loop, PacketSink sink, Executor crypto, RandomGenerator random) {
        identity = FlashIdentity.generate(FlashSettings.PEER, random);
        endpoint =
                new RtmfpEndpoint(settings, loop, sink, new FlashCryptoProfile(identity, random), crypto, random, this);
        connection = new TcClientConnection(TcSettings.DEFAULTS, loop, () -> {});
    }

    public RtmfpEndpoint endpoint() {
        return endpoint;
    }

    public PeerId peerId() {
        return identity.peerId();
    }

    /** Where the server is that it is connected to. */
    public Optional<InetSocketAddress> server() {
        return server;
    }

    /** Connects, and tells these addresses. */
    public void connect(InetSocketAddress to, List<AmfValue> arguments, List<String> addresses) {
        connection.attach(new ClientEnd() {
            @Override
            public void onConnected() {
                AmfObject object = AmfObject.builder()
                        .put("app", "live")
                        .put("tcUrl", "rtmfp://box/live")
                        .build();
                List<AmfValue> values = new ArrayList<>(List.of(new AmfValue.Obj(object)));
                values.addAll(arguments);
                connection.send(new Command(0, "connect", CONNECT, values.toArray(AmfValue[]::new)));
            }

            @Override
            public void onWritable() {}

            @Override
            public void onFault(String why) {
                throw new AssertionError(why);
            }

            @Override
            public void onClosed(String why) {
                closed = Optional.of(why);
            }
        });
        connection.deliverTo(message -> onMessage(message, addresses));
        var unused = endpoint.open(EndpointDiscriminator.of("rtmfp://box/live").encoded(), List.of(to), new Opened() {
            @Override
            public void onOpen(Session session) {
                server = Optional.of(session.farAddress());
                connection.onSession(session);
            }
        });
    }

    private void onMessage(RtmpMessage message, List<String> addresses) {
        if (!(message instanceof Command command)) {
            return;
        }
        if (command.name().equals("_result") && command.transactionId() == CONNECT) {
            call("setPeerInfo", addresses.stream().map(AmfValue.Str::new).toArray(AmfValue[]::new));
        } else if (command.name().startsWith("_")) {
            answers.add(command);
        }
    }

    public void call(String name, AmfValue... arguments) {
        AmfValue[] values = new AmfValue[arguments.length + 1];
        values[0] = new AmfValue.Null();
        System.arraycopy(arguments, 0, values, 1, arguments.length);
        connection.send(new Command(0, name, CALL, values));
    }

    /** Asks the server for a peer. */
    public void seek(PeerId peer, InetSocketAddress at) {
        var unused = endpoint.open(EndpointDiscriminator.of(peer).encoded(), List.of(at), new Opened() {
            @Override
            public void onOpen(Session session) {
                meet(session);
            }
        });
    }

    private abstract class Opened implements OpenListener {
        @Override
        public void onFailed(OpenFailure failure) {
            failures.add(failure);
        }
    }

    @Override
    public void onSession(Session session) {
        meet(session);
    }

    private void meet(Session session) {
        PeerId peer = session.farCertificate().peerId();
        met.put(peer, session);
        session.listener(new SessionListener() {
            @Override
            public void onFlow(RecvFlow flow) {
                flow.reject(0);
            }

            @Override
            public void onClosed(CloseReason reason) {
                met.remove(peer, session);
                parted.put(peer, reason);
            }
        });
    }
}

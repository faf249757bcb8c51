package lancaster.rtmfp.session;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lancaster.bytes.Bytes;
import lancaster.kit.SimHost;
import lancaster.kit.SimNetwork;
import lancaster.rtmfp.crypto.PlainCryptoProfile;
import lancaster.rtmfp.flow.ReceiveOrder;
import lancaster.rtmfp.flow.RecvFlow;
import lancaster.rtmfp.flow.RecvFlowListener;
import lancaster.rtmfp.packet.InitiatorHello;

/** An endpoint on a simulated host that accepts all sessions and flows, and remembers what happened. */
public final class SimPeer implements EndpointListener {
    public static final int PORT = 1935;

    /** What came out of one receiving flow. */
    public static final class Received implements RecvFlowListener {
        public final RecvFlow flow;
        public final List<Bytes> messages = new ArrayList<>();
        public final List<Long> timesNs = new ArrayList<>();
        public int gaps;
        public boolean complete;
        public boolean sessionEnded;
        private final SimNetwork network;

        Received(RecvFlow flow, SimNetwork network) {
            this.flow = flow;
            this.network = network;
        }

        @Override
        public void onMessage(Bytes message) {
            if (complete || sessionEnded) {
                throw new AssertionError("a message after the end of its flow");
            }
            messages.add(message);
            timesNs.add(network.loop().nowNs());
        }

        @Override
        public void onGap() {
            gaps++;
        }

        @Override
        public void onComplete() {
            complete = true;
        }

        @Override
        public void onSessionEnd() {
            sessionEnded = true;
        }
    }

    /** What a session told. */
    public final class Told implements SessionListener {
        public final Session session;
        public final List<Received> flows = new ArrayList<>();
        public Optional<CloseReason> closed = Optional.empty();
        public long closedNs;
        public int moves;

        Told(Session session) {
            this.session = session;
        }

        @Override
        public void onFlow(RecvFlow flow) {
            if (closed.isPresent()) {
                throw new AssertionError("a flow after the end of its session");
            }
            Received received = new Received(flow, network);
            flow.accept(received);
            flow.order(order);
            flows.add(received);
        }

        @Override
        public void onAddressChanged(InetSocketAddress from, InetSocketAddress to) {
            moves++;
        }

        @Override
        public void onClosed(CloseReason reason) {
            if (closed.isPresent()) {
                throw new AssertionError("closed twice");
            }
            closed = Optional.of(reason);
            closedNs = network.loop().nowNs();
        }
    }

    public final SimNetwork network;
    public final SimHost host;
    public final PlainCryptoProfile profile;
    public final RtmfpEndpoint endpoint;
    public final List<Told> sessions = new ArrayList<>();
    public final List<InitiatorHello> hellosForOthers = new ArrayList<>();
    public final List<OpenFailure> failures = new ArrayList<>();
    /** Of flows from now on. */
    public ReceiveOrder order = ReceiveOrder.ORIGINAL;

    public SimPeer(SimNetwork network, SimHost host, String name) {
        this(network, host, name, RtmfpSettings.DEFAULTS);
    }

    public SimPeer(SimNetwork network, SimHost host, String name, RtmfpSettings settings) {
        this.network = network;
        this.host = host;
        this.profile = new PlainCryptoProfile(name, network.random());
        this.endpoint = new RtmfpEndpoint(
                settings,
                network.loop(),
                (array, offset, length, to, timeCritical) -> host.send(PORT, array, offset, length, to),
                profile,
                network.loop(),
                network.random(),
                this);
        host.bind(PORT, endpoint::onDatagram);
    }

    public InetSocketAddress address() {
        return host.socket(PORT);
    }

    /** Begins to open a session with the endpoint of that name. */
    public Opening open(String name, InetSocketAddress... candidates) {
        return endpoint.open(PlainCryptoProfile.named(name), List.of(candidates), new OpenListener() {
            @Override
            public void onOpen(Session session) {
                if (sessions.stream().noneMatch(told -> told.session == session)) {
                    watch(session);
                }
            }

            @Override
            public void onFailed(OpenFailure failure) {
                failures.add(failure);
            }
        });
    }

    /** Opens a session with that peer and lets the time pass that it takes. */
    public Told openWith(SimPeer other, String name) {
        open(name, other.address());
        for (int i = 0; i < 100 && sessions.isEmpty(); i++) {
            network.loop().advanceMs(1_000);
        }
        return last();
    }

    public Told last() {
        return sessions.get(sessions.size() - 1);
    }

    @Override
    public void onSession(Session session) {
        watch(session);
    }

    @Override
    public void onHelloForAnother(InitiatorHello hello, InetSocketAddress from) {
        hellosForOthers.add(hello);
    }

    @Override
    public void onFailure(Session session, RuntimeException failure) {
        throw new AssertionError("a session failed", failure);
    }

    private void watch(Session session) {
        Told told = new Told(session);
        sessions.add(told);
        session.listener(told);
    }
}

package lancaster.netconnection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import lancaster.amf.AmfValue;
import lancaster.flv.FlvMessage;
import lancaster.kit.SimHost;
import lancaster.kit.SimNetwork;
import lancaster.rtmfp.crypto.FlashCryptoProfile;
import lancaster.rtmfp.crypto.FlashIdentity;
import lancaster.rtmfp.crypto.FlashSettings;
import lancaster.rtmfp.crypto.PeerId;
import lancaster.rtmfp.session.EndpointListener;
import lancaster.rtmfp.session.RtmfpEndpoint;
import lancaster.rtmfp.session.RtmfpSettings;

/** A client on a simulated host, and what it was told. */
final class SimClient implements NetConnectionListener {
    static final Duration SILENCE = Duration.ofSeconds(20);
    private static final int PORT = 5000;
    private static final AtomicInteger NAMES = new AtomicInteger(100);

    final SimNetwork network;
    final SimHost host;
    final List<NetStatusEvent> events = new ArrayList<>();
    final List<String> calls = new ArrayList<>();
    final NetConnection connection;

    SimClient(SimNetwork network, SimHost host) {
        this.network = network;
        this.host = host;
        FlashIdentity identity =
                FlashIdentity.generate(FlashSettings.PEER, new SplittableRandom(NAMES.incrementAndGet()));
        connection = new NetConnection(
                NetConnectionSettings.DEFAULTS, network.loop(), listener -> endpoint(identity, listener), this);
    }

    private RtmfpEndpoint endpoint(FlashIdentity identity, EndpointListener listener) {
        RtmfpEndpoint endpoint = new RtmfpEndpoint(
                RtmfpSettings.DEFAULTS.withSilenceLimit(SILENCE),
                network.loop(),
                (array, offset, length, to, timeCritical) -> host.send(PORT, array, offset, length, to),
                new FlashCryptoProfile(identity, network.random()),
                network.loop(),
                network.random(),
                listener);
        host.bind(PORT, endpoint::onDatagram);
        return endpoint;
    }

    /** Connects, and lets the time pass that it takes. */
    SimClient connect(SimServer server) {
        connection.peerAddresses(List.of(host.socket(PORT)));
        connection.connect("rtmfp://box/live", server.address());
        network.loop().advanceMs(2_000);
        return this;
    }

    /** As if it were switched off: nothing leaves and nothing is heard any more. */
    void vanish() {
        host.unbind(PORT);
        host.up().settings(lancaster.kit.SimLink.Settings.IDEAL.loss(1));
    }

    PeerId id() {
        return connection.nearID();
    }

    DirectStream publish(String name) {
        DirectStream stream = connection.directStream(NetStreamListener.NONE);
        stream.publish(name);
        return stream;
    }

    Player play(SimClient publisher, String name) {
        Player player = new Player();
        player.stream = connection.peerStream(publisher.id(), player);
        player.stream.play(name);
        return player;
    }

    List<String> codes() {
        return events.stream().map(NetStatusEvent::code).toList();
    }

    @Override
    public void onNetStatus(NetStatusEvent event) {
        events.add(event);
    }

    @Override
    public void onCall(String name, List<AmfValue> arguments) {
        calls.add(name);
    }

    /** What a stream that is played tells. */
    final class Player implements NetStreamListener {
        final List<NetStatusEvent> events = new ArrayList<>();
        final List<FlvMessage> media = new ArrayList<>();
        final List<Long> timesNs = new ArrayList<>();
        final List<String> data = new ArrayList<>();
        PeerStream stream;
        long lastDataNs;

        @Override
        public void onNetStatus(NetStatusEvent event) {
            events.add(event);
        }

        @Override
        public void onMedia(FlvMessage message) {
            if (message.type() != FlvMessage.DATA) {
                media.add(message);
                timesNs.add(network.loop().nowNs());
            }
        }

        @Override
        public void onData(String handler, List<AmfValue> values) {
            data.add(handler);
            lastDataNs = network.loop().nowNs();
        }

        List<String> codes() {
            return events.stream().map(NetStatusEvent::code).toList();
        }

        /** Numbers of what came, of one kind. */
        List<Integer> numbers(int type) {
            return media.stream()
                    .filter(message -> message.type() == type && SimMedia.isFrame(message))
                    .map(SimMedia::number)
                    .toList();
        }
    }
}

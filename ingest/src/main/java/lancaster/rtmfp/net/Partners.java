package lancaster.rtmfp.net;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import lancaster.net.NettyRunLoop;
import lancaster.net.Transport;
import lancaster.rendezvous.Rendezvous;
import lancaster.rtmfp.crypto.PeerId;

/**
 * The servers whose clients and ours find each other. To each goes a connection by which our lookups are sent on; theirs
 * come by connections of their own, which are known by the addresses that they come from and, where one is set, by a key.
 *
 * <p>An address can't be forged by who doesn't receive there: no session opens without it (RFC 7016 §3.5.1.1). But who
 * shares the address of a partner, or sits on the way to it, could make our clients send hellos to where they shouldn't;
 * there a key is for. Owner: the loop of the server.
 */
final class Partners {
    private final Network network;
    private final PeerId ours;
    private final Rendezvous rendezvous;
    private final Map<ServerAddress, Partner> partners = new LinkedHashMap<>();

    /**
     * What connections are made with.
     *
     * @param lookups resolves names and reckons handshakes, and may wait
     */
    record Network(Transport transport, NettyRunLoop loop, Executor lookups, Duration patience) {}

    /** @param ours by which a server that is meant to be another is known to be this one */
    Partners(Network network, PeerId ours, Rendezvous rendezvous) {
        this.network = network;
        this.ours = ours;
        this.rendezvous = rendezvous;
    }

    /** From now on these. */
    void apply(List<ServerAddress> wanted) {
        for (ServerAddress server : List.copyOf(partners.keySet())) {
            if (!wanted.contains(server)) {
                Partner gone = partners.remove(server);
                if (gone != null) {
                    gone.close();
                }
            }
        }
        for (ServerAddress server : wanted) {
            partners.computeIfAbsent(server, fresh -> new Partner(fresh, network, ours, rendezvous));
        }
    }

    /** Whether one of them is at this address. */
    boolean isAt(InetAddress address) {
        return partners.values().stream().anyMatch(partner -> partner.isAt(address));
    }

    /** Whether it is one of them that comes from there and shows these keys. */
    boolean isOne(InetAddress address, List<String> keys) {
        return partners.values().stream().anyMatch(partner -> partner.isIt(address, keys));
    }

    List<PartnerStats> stats() {
        List<PartnerStats> stats = new ArrayList<>();
        partners.values().forEach(partner -> stats.add(partner.stats()));
        return stats;
    }
}

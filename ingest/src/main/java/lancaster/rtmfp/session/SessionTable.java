package lancaster.rtmfp.session;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import lancaster.bytes.Bytes;

/** The sessions of an endpoint by session ID and by far address, and the IDs that are taken. */
final class SessionTable {
    private final RandomGenerator random;
    private final Map<Integer, OpenSession> byId = new HashMap<>();
    private final Map<Integer, OpeningSession> keying = new HashMap<>();
    private final Map<InetSocketAddress, OpenSession> byAddress = new HashMap<>();
    private final Set<Integer> reserved = new HashSet<>();

    SessionTable(RandomGenerator random) {
        this.random = random;
    }

    /** How many sessions there are, with those that are about to be. */
    int size() {
        return byId.size() + reserved.size();
    }

    /** A session ID that is not 0 and not taken; it is from now on. */
    long reserveId() {
        int id = random.nextInt();
        while (id == 0 || byId.containsKey(id) || !reserved.add(id)) {
            id = random.nextInt();
        }
        return Integer.toUnsignedLong(id);
    }

    void release(long id) {
        reserved.remove((int) id);
        keying.remove((int) id);
    }

    /** Packets with this reserved ID are for {@code opening}. */
    void keying(long id, OpeningSession opening) {
        keying.put((int) id, opening);
    }

    Optional<OpeningSession> keying(int id) {
        return Optional.ofNullable(keying.get(id));
    }

    void add(OpenSession session) {
        release(session.nearSessionId());
        byId.put((int) session.nearSessionId(), session);
        byAddress.put(session.farAddress(), session);
    }

    void remove(OpenSession session) {
        byId.remove((int) session.nearSessionId(), session);
        byAddress.remove(session.farAddress(), session);
    }

    void moved(OpenSession session, InetSocketAddress from, InetSocketAddress to) {
        byAddress.remove(from, session);
        byAddress.put(to, session);
    }

    Optional<OpenSession> get(int id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The open session with whom is at {@code address}. */
    Optional<OpenSession> openAt(InetSocketAddress address) {
        OpenSession session = byAddress.get(address);
        return session == null || session.state() != SessionState.OPEN ? Optional.empty() : Optional.of(session);
    }

    /** An open session with the endpoint that this canonical discriminator names. */
    Optional<OpenSession> openWith(Bytes canonicalEndpointDiscriminator) {
        return byId.values().stream()
                .filter(session -> session.state() == SessionState.OPEN)
                .filter(session -> session.farCertificate()
                        .canonicalEndpointDiscriminator()
                        .equals(canonicalEndpointDiscriminator))
                .findFirst();
    }

    List<OpenSession> all() {
        return new ArrayList<>(byId.values());
    }
}

package lancaster.access;

import java.io.IOException;
import java.net.InetAddress;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import lancaster.rendezvous.Admission;
import lancaster.runloop.RunLoop;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whom RTMFP serves: clients of certain addresses, and holders of a key. Keys are read on the control thread and judged
 * on the loop of the server.
 */
public final class PeerGate implements Admission {
    private static final Logger LOG = LoggerFactory.getLogger(PeerGate.class);
    private static final String NO_KEY = "clients from %s need a key here, as in rtmfp://HOST/APPLICATION?key=KEY";
    private static final String WRONG_KEY = "the key is wrong";

    private final RunLoop loop;
    private final Function<String, @Nullable String> environment;
    private final InstantSource clock;
    private final AttemptLimiter attempts;
    private List<KeySource> sources = List.of();
    private String logged = "";
    private volatile Rules rules = new Rules(List.of(), List.of());

    /** As they were read last. */
    private record Rules(List<AddressRange> near, List<KeyFile.Key> keys) {}

    /** @param loop on which clients are judged */
    public PeerGate(
            AccessSettings settings,
            RunLoop loop,
            Function<String, @Nullable String> environment,
            InstantSource clock) {
        this.loop = loop;
        this.environment = environment;
        this.clock = clock;
        this.attempts = new AttemptLimiter(settings, loop::nowNs);
    }

    /** Wrong keys, and those that weren't looked at because too many had failed. From any thread. */
    public AccessStats stats() {
        return attempts.stats();
    }

    /** How those are slowed down who guess, from now on. From any thread. */
    public void apply(AccessSettings settings) {
        loop.execute(() -> attempts.apply(settings));
    }

    /** Whom it lets in from now on. On the control thread. */
    public void apply(List<AddressRange> near, List<KeySource> keys) {
        sources = List.copyOf(keys);
        rules = new Rules(List.copyOf(near), read());
    }

    /** Reads the keys again. On the control thread. */
    public void refresh() {
        rules = new Rules(rules.near, read());
    }

    private List<KeyFile.Key> read() {
        List<KeyFile.Key> keys = new ArrayList<>();
        String problem = "";
        for (KeySource source : sources) {
            try {
                keys.addAll(KeyRing.given(source, environment));
            } catch (IOException e) {
                problem = e.toString();
            }
        }
        if (!problem.equals(logged)) {
            logged = problem;
            if (!problem.isEmpty()) {
                LOG.warn("rtmfp key unreadable reason=\"{}\"", problem);
            }
        }
        return List.copyOf(keys);
    }

    @Override
    public Optional<String> refusal(InetAddress from, List<String> keys) {
        if (isNear(from)) {
            return Optional.empty();
        }
        String address = from.getHostAddress();
        if (keys.isEmpty()) {
            return Optional.of(NO_KEY.formatted(address));
        }
        String who = from.getAddress().length > 4 ? "[" + address + "]" : address;
        long waitNs = attempts.waitNs(who);
        if (waitNs > 0) {
            attempts.ignored();
            return Optional.of(
                    "too many wrong keys came from this address, wait " + (waitNs / 1_000_000_000 + 1) + " s");
        }
        if (keys.stream().anyMatch(this::isGood)) {
            return Optional.empty();
        }
        attempts.failed(who);
        return Optional.of(WRONG_KEY);
    }

    private boolean isGood(String shown) {
        Instant now = clock.instant();
        byte[] digest = KeyRing.digest(shown);
        boolean good = false;
        for (KeyFile.Key key : rules.keys) {
            // No early end: how long this takes says nothing about the keys.
            good |= MessageDigest.isEqual(KeyRing.digest(key.text()), digest) && key.isGood(now);
        }
        return good;
    }

    @Override
    public boolean isNear(InetAddress from) {
        return rules.near.stream().anyMatch(range -> range.contains(from));
    }
}

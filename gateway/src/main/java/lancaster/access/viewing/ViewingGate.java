package lancaster.access.viewing;

import java.net.InetAddress;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import lancaster.access.AccessSettings;
import lancaster.access.AttemptLimiter;
import lancaster.access.KeySource;
import lancaster.access.SecretText;
import lancaster.stream.StreamPath;
import org.jspecify.annotations.Nullable;

/** Decides who may watch: the one place that every handler of every format asks. From any thread. */
public final class ViewingGate {
    /** Wrong signatures of an address that cost nothing: many viewers may be behind one. */
    private static final AccessSettings GUESSES = new AccessSettings(50, AccessSettings.DEFAULTS.longestWait());

    /** Tokens whose signature was right; checking one takes the processor a while, and players show it all the time. */
    private static final int MAX_REMEMBERED = 10_000;

    private static final String NO_TICKET = "Watching this stream needs a token or a signed address.";

    private final Function<StreamPath, ViewingSettings> rules;
    private final ViewingKeys keys;
    private final InstantSource clock;
    private final AttemptLimiter guesses;

    /** @param digest of the token */
    private record Verified(String digest, VerifyingKey key) {}

    private final Map<Verified, Boolean> verified = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Verified, Boolean> eldest) {
            return size() > MAX_REMEMBERED;
        }
    };

    /** @param rules what is configured for a stream */
    public ViewingGate(
            Function<StreamPath, ViewingSettings> rules,
            Function<String, @Nullable String> environment,
            InstantSource clock,
            LongSupplier nowNs) {
        this.rules = rules;
        this.keys = new ViewingKeys(environment);
        this.clock = clock;
        this.guesses = new AttemptLimiter(GUESSES, nowNs);
    }

    /** Whether everybody may watch {@code stream}. */
    public boolean isOpen(StreamPath stream) {
        return rules.apply(stream).open();
    }

    /** Whether who comes from {@code address} and shows {@code ticket} may watch {@code stream}, in whatever format. */
    public Verdict judge(StreamPath stream, InetAddress address, Optional<Ticket> ticket) {
        ViewingSettings rule = rules.apply(stream);
        if (rule.open()) {
            return Verdict.OPEN;
        }
        boolean near = rule.addresses().stream().anyMatch(range -> range.contains(address));
        boolean both = rule.all() && rule.hasKeys() && !rule.addresses().isEmpty();
        if (!near && (both || !rule.hasKeys())) {
            return Verdict.refused("This stream isn't for viewers at this address.");
        }
        String problem = !rule.hasKeys() || ticket.isEmpty() ? NO_TICKET : problem(rule, stream, address, ticket.get());
        if (problem.isEmpty()) {
            return Verdict.BY_TICKET;
        }
        if (near && !both) {
            return Verdict.BY_ADDRESS;
        }
        return Verdict.refused(
                problem.equals(NO_TICKET) ? NO_TICKET : "This doesn't open the stream: " + problem + '.');
    }

    private String problem(ViewingSettings rule, StreamPath stream, InetAddress address, Ticket ticket) {
        long nowS = clock.instant().getEpochSecond();
        if (ticket instanceof Ticket.Signed signed) {
            boolean good = secrets(rule).stream().anyMatch(secret -> SignedAddress.isGood(secret, stream, signed));
            return good ? (nowS > signed.until() ? "it has expired" : "") : "the signature is wrong";
        }
        return token(rule, stream, address, ((Ticket.Token) ticket).text(), nowS);
    }

    private String token(ViewingSettings rule, StreamPath stream, InetAddress address, String text, long nowS) {
        Optional<WebToken> token = WebToken.parse(text);
        Optional<TokenClaims> claims = token.flatMap(WebToken::claims);
        if (token.isEmpty() || claims.isEmpty()) {
            return "it is no token with an end (exp) and streams";
        }
        String problem = claims.get().problem(rule, stream, nowS);
        if (!problem.isEmpty()) {
            // Says nothing that whoever made it up wouldn't know.
            return problem;
        }
        return isSigned(rule, address, token.get(), text) ? "" : "the signature is wrong";
    }

    private boolean isSigned(ViewingSettings rule, InetAddress address, WebToken token, String text) {
        if (token.algorithm().equals("HS256")) {
            return secrets(rule).stream()
                    .anyMatch(secret -> java.security.MessageDigest.isEqual(
                            SignedAddress.hmac(secret, token.signed()),
                            token.signature().toArray()));
        }
        Optional<VerifyingKey> key = rule.publicKey().flatMap(keys::publicKey).filter(one -> one.algorithm()
                .equals(token.algorithm()));
        return key.isPresent() && isVerified(new Verified(SecretText.digest(text), key.get()), address, token);
    }

    private boolean isVerified(Verified question, InetAddress address, WebToken token) {
        String from = address.getHostAddress() + (address.getAddress().length == 4 ? "" : ":0");
        synchronized (this) {
            if (verified.containsKey(question)) {
                return true;
            }
            if (guesses.waitNs(from) > 0) {
                return false;
            }
        }
        boolean right = question.key().verifies(token);
        synchronized (this) {
            if (right) {
                verified.put(question, true);
            } else {
                guesses.failed(from);
            }
        }
        return right;
    }

    private List<String> secrets(ViewingSettings rule) {
        return rule.secret()
                .map(source -> keys.secrets(source, clock.instant()))
                .orElse(List.of());
    }

    /** The secret that new addresses of {@code stream} are signed with; empty if it has none. */
    public Optional<String> signingSecret(StreamPath stream) {
        Optional<KeySource> source = rules.apply(stream).secret();
        return source.flatMap(one -> keys.secrets(one, clock.instant()).stream().findFirst());
    }
}

package lancaster.config;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import lancaster.access.AddressRange;
import lancaster.access.KeySource;
import lancaster.rendezvous.RendezvousSettings;
import lancaster.rtmfp.net.OtherServers;
import lancaster.rtmfp.net.ServerAddress;
import lancaster.rtmp.session.RtmpUrl;

/** Reads {@code rtmfp}. */
final class RtmfpReader {
    private static final String KEY = "rtmfp";
    private static final String NONE = "none";
    private static final String ADDRESSES = "addresses";
    /** Unless said otherwise. */
    private static final String PRIVATE = "private";

    private static final String FILE = "file:";
    private static final String ENVIRONMENT = "env:";
    private static final String SERVER = "rtmfp://HOST or rtmfp://HOST:PORT, either with ?key=KEY if it needs one";
    private static final String PEER_KEY = "key=";
    private static final int MIN_KEY_CHARS = 8;
    private static final int MAX_ITEMS = 100;
    private static final int MAX_PORT = 65_535;
    private static final Duration SECOND = Duration.ofSeconds(1);
    /** What Adobe's servers allow for KeepAliveTime. */
    private static final Duration LEAST_KEEPALIVE = Duration.ofSeconds(5);

    private static final Duration MOST_KEEPALIVE = Duration.ofMinutes(5);
    private static final Duration HOUR = Duration.ofHours(1);

    private final Section section;
    private final Problems problems;

    private RtmfpReader(Section section, Problems problems) {
        this.section = section;
        this.problems = problems;
    }

    /** @param rtmp where RTMP is, and RTMFP too unless it is said: the one is TCP and the other UDP */
    static Optional<RtmfpConfig> read(Section root, InetSocketAddress rtmp, Problems problems) {
        boolean off = root.isWord(KEY, NONE);
        RtmfpReader reader = new RtmfpReader(off ? root.absent(KEY) : root.section(KEY), problems);
        RtmfpConfig config = reader.read(RtmfpConfig.at(rtmp));
        return off ? Optional.empty() : Optional.of(config);
    }

    private RtmfpConfig read(RtmfpConfig defaults) {
        RendezvousSettings introductions = defaults.introductions();
        RtmfpConfig config = new RtmfpConfig(
                section.address("listen", defaults.listen()),
                addresses(defaults.addresses()),
                list(
                        "keys",
                        "key",
                        "a key of at least " + MIN_KEY_CHARS + " characters, file:PATH or env:VARIABLE",
                        this::key),
                new OtherServers(
                        list("peers", Section.URL, SERVER, RtmfpReader::server),
                        list("redirect", "address", Values.ADDRESS, RtmfpReader::destination),
                        section.choice("redirect-when", true, Map.of("full", true, "always", false))),
                section.duration("keepalive", defaults.keepalive(), LEAST_KEEPALIVE, MOST_KEEPALIVE),
                section.duration("peer-keepalive", defaults.peerKeepalive(), LEAST_KEEPALIVE, MOST_KEEPALIVE),
                section.duration("silence-timeout", defaults.silenceTimeout(), SECOND, HOUR),
                section.duration("reach-timeout", defaults.reachTimeout(), SECOND, MOST_KEEPALIVE),
                new RendezvousSettings(
                        section.count("max-peers", introductions.contacts(), 1, 1_000_000),
                        introductions.reportedAddresses(),
                        section.count("lookups-per-second", introductions.lookupsPerSecond(), 1, 100_000),
                        introductions.burst(),
                        introductions.seekers(),
                        introductions.vouchers(),
                        introductions.voucherLifetime()));
        section.finish();
        return config;
    }

    private <T> T unsaid(String key, T value) {
        var unused = section.absent(key);
        return value;
    }

    private List<AddressRange> addresses(List<AddressRange> unlessSaid) {
        if (!section.has(ADDRESSES) || section.isWord(ADDRESSES, PRIVATE)) {
            return unsaid(ADDRESSES, unlessSaid);
        }
        Set<AddressRange> ranges = new LinkedHashSet<>();
        list(ADDRESSES, "range", AddressRange.FORM + ", or private", RtmfpReader::ranges)
                .forEach(ranges::addAll);
        return List.copyOf(ranges);
    }

    private static Optional<List<AddressRange>> ranges(String text) {
        return text.equals(PRIVATE)
                ? Optional.of(RtmfpConfig.PRIVATE)
                : AddressRange.parse(text).map(List::of);
    }

    /**
     * One item or several, each at most once; none at all where {@code key} isn't there, or says so.
     *
     * @param name of the one key of an item
     */
    private <T> List<T> list(String key, String name, String wanted, Function<String, Optional<T>> read) {
        if (section.isWord(key, NONE)) {
            return unsaid(key, List.of());
        }
        List<T> values = new ArrayList<>();
        for (Section item : section.items(key, name)) {
            Optional<T> none = Optional.empty();
            Optional<T> value = item.value(
                    name,
                    none,
                    wanted,
                    text -> present(read.apply(text)),
                    found -> found.filter(values::contains).isPresent() ? "is there twice" : "");
            if (value.isPresent() && value.get() instanceof KeySource.Literal) {
                item.secret(name, Secret.HIDDEN);
            }
            value.ifPresent(values::add);
            item.finish();
        }
        if (values.size() > MAX_ITEMS) {
            section.wrong(key, "lists more than " + MAX_ITEMS);
        }
        return values;
    }

    /** Present if there is one, and then it is the value. */
    private static <T> Optional<Optional<T>> present(Optional<T> value) {
        return value.isPresent() ? Optional.of(value) : Optional.empty();
    }

    private Optional<KeySource> key(String text) {
        if (text.startsWith(FILE)) {
            return Optional.of(new KeySource.InFile(problems.resolve(text.substring(FILE.length()))));
        }
        if (text.startsWith(ENVIRONMENT)) {
            return Optional.of(new KeySource.InEnvironment(text.substring(ENVIRONMENT.length())));
        }
        return text.length() < MIN_KEY_CHARS ? Optional.empty() : Optional.of(new KeySource.Literal(text));
    }

    private static Optional<ServerAddress> server(String text) {
        try {
            URI uri = new URI(text);
            int port = uri.getPort() < 0 ? RtmpUrl.DEFAULT_PORT : uri.getPort();
            String query = Optional.ofNullable(uri.getQuery()).orElse(PEER_KEY);
            boolean plain = uri.getRawPath().replace("/", "").isEmpty()
                    && query.startsWith(PEER_KEY)
                    && uri.getRawFragment() == null
                    && uri.getRawUserInfo() == null;
            return KEY.equals(uri.getScheme()) && uri.getHost() != null && plain && port > 0 && port <= MAX_PORT
                    ? Optional.of(new ServerAddress(uri.getHost(), port, query.substring(PEER_KEY.length())))
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static Optional<InetSocketAddress> destination(String text) {
        return Values.address(text)
                .filter(address ->
                        address.getPort() != 0 && !address.getAddress().isAnyLocalAddress());
    }
}

package lancaster.receiver;

import java.util.List;
import java.util.Optional;
import lancaster.receiver.SourceUrl.PullUrl;
import lancaster.receiver.SourceUrl.SessionUrl;
import lancaster.receiver.SourceUrl.StreamUrl;

/**
 * Where a stream comes from.
 *
 * @param urls one, or two that carry the same RTP packets (SMPTE ST 2022-7)
 * @param interfaceName where groups are joined whose URL names no interface; empty: the one that leads to the source
 */
public record SourceSettings(List<SourceUrl> urls, Optional<String> interfaceName) {
    private static final int MAX_PATHS = 2;

    public SourceSettings {
        urls = List.copyOf(urls);
        String error = error(urls);
        if (!error.isEmpty()) {
            throw new IllegalArgumentException(error);
        }
    }

    /** Why these can't be received together, to be told to people; empty if they can. */
    public static String error(List<SourceUrl> urls) {
        if (urls.isEmpty() || urls.size() > MAX_PATHS) {
            return "a stream comes from one address or from two";
        }
        boolean session = urls.stream().anyMatch(SessionUrl.class::isInstance);
        if (urls.size() == MAX_PATHS && session) {
            return "a session description says itself whether there are two ways";
        }
        if (urls.size() == MAX_PATHS && urls.stream().anyMatch(PullUrl.class::isInstance)) {
            return "a stream is fetched from one server";
        }
        boolean plain = urls.stream().anyMatch(url -> url instanceof StreamUrl stream && !stream.rtp());
        if (urls.size() == MAX_PATHS && plain) {
            return "two ways need rtp, whose sequence numbers tell copies from each other";
        }
        return "";
    }

    /** The server that is asked for it; empty if it comes by itself. */
    public Optional<PullUrl> pull() {
        return urls.get(0) instanceof PullUrl pulled ? Optional.of(pulled) : Optional.empty();
    }

    /** For people and logs. */
    @Override
    public String toString() {
        return String.join(" and ", urls.stream().map(SourceUrl::toString).toList());
    }
}

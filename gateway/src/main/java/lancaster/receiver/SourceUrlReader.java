package lancaster.receiver;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lancaster.multicast.IpLiteral;
import lancaster.multicast.MulticastGroup;
import lancaster.receiver.SourceUrl.PullUrl;
import lancaster.receiver.SourceUrl.SessionUrl;
import lancaster.receiver.SourceUrl.StreamUrl;
import lancaster.rtmp.session.RtmpUrl;
import org.jspecify.annotations.Nullable;

/** Reads a {@link SourceUrl}. */
final class SourceUrlReader {
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(.*)");
    private static final Pattern STREAM = Pattern.compile("//(?:([^@/]*)@)?([^/@]*):(\\d{1,5})/?");
    private static final Pattern PROGRAM = Pattern.compile("\\d{1,5}");
    private static final int MAX_NUMBER = 65_535;
    private static final String SESSION_SUFFIX = ".sdp";
    private static final String PLAYLIST_SUFFIX = ".m3u8";

    private SourceUrlReader() {}

    static SourceUrl read(String text) {
        int question = text.indexOf('?');
        String address = question < 0 ? text : text.substring(0, question);
        Matcher scheme = SCHEME.matcher(address);
        String name = scheme.matches() ? scheme.group(1).toLowerCase(Locale.ROOT) : "";
        return switch (name) {
            case "rtp", "udp" -> {
                Map<String, String> options = options(question < 0 ? "" : text.substring(question + 1), text);
                yield stream(name.equals("rtp"), scheme.group(2), options, text);
            }
            case "http", "https" -> isPlaylist(address) ? new PullUrl(uri(text).toString()) : session(uri(text), text);
            case "file" -> session(uri(text), text);
            case "rtmp", "rtmps", "rtmfp" -> rtmp(text);
            default -> other(address, text);
        };
    }

    private static boolean isPlaylist(String address) {
        return address.endsWith(PLAYLIST_SUFFIX);
    }

    private static SourceUrl rtmp(String text) {
        var unused = RtmpUrl.parse(text);
        return new PullUrl(text);
    }

    private static SourceUrl other(String address, String text) {
        if (address.endsWith(SESSION_SUFFIX)) {
            return session(Path.of(address).toAbsolutePath().toUri(), text);
        }
        throw wrong(text, isGroup(address) ? "did you mean rtp://" + text + "?" : "it must be " + SourceUrl.FORM);
    }

    private static boolean isGroup(String address) {
        try {
            return !MulticastGroup.parse(address).toString().isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static SourceUrl session(URI uri, String text) {
        if (uri.getPath() == null || !uri.getPath().endsWith(SESSION_SUFFIX)) {
            throw wrong(text, "it must end with .sdp, a session description, or (http) with .m3u8, a playlist of HLS");
        }
        return new SessionUrl(uri, Optional.empty());
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw wrong(text, String.valueOf(e.getMessage()));
        }
    }

    private static SourceUrl stream(boolean rtp, String rest, Map<String, String> options, String text) {
        Matcher parts = STREAM.matcher(rest);
        if (!parts.matches()) {
            throw wrong(text, "it must be " + SourceUrl.FORM);
        }
        int port = Integer.parseInt(parts.group(3));
        if (port < 1 || port > MAX_NUMBER) {
            throw wrong(text, "the port must be 1 to " + MAX_NUMBER);
        }
        Optional<InetAddress> source = Optional.empty();
        if (parts.group(1) != null && !parts.group(1).isEmpty()) {
            source = Optional.of(ip(parts.group(1), text));
        }
        InetAddress host = ip(parts.group(2).isEmpty() ? "0.0.0.0" : parts.group(2), text);
        if (host.isMulticastAddress()) {
            check(host, port, source, text);
        }
        return new StreamUrl(
                rtp,
                new InetSocketAddress(host, port),
                source,
                Optional.ofNullable(options.get("interface")),
                program(options.get("program"), text));
    }

    private static void check(InetAddress group, int port, Optional<InetAddress> source, String text) {
        MulticastGroup read;
        try {
            read = new MulticastGroup(group, port, source);
        } catch (IllegalArgumentException e) {
            throw wrong(text, String.valueOf(e.getMessage()));
        }
        if (read.isSourceSpecific() && source.isEmpty()) {
            throw wrong(
                    text,
                    IpLiteral.text(group) + " is source-specific: the sender must be named, as in rtp://SENDER@"
                            + IpLiteral.text(group, port));
        }
    }

    private static OptionalInt program(@Nullable String number, String text) {
        if (number == null) {
            return OptionalInt.empty();
        }
        if (!PROGRAM.matcher(number).matches() || Integer.parseInt(number) > MAX_NUMBER) {
            throw wrong(text, "program must be a number up to " + MAX_NUMBER);
        }
        return OptionalInt.of(Integer.parseInt(number));
    }

    private static InetAddress ip(String host, String text) {
        boolean brackets = host.startsWith("[") && host.endsWith("]");
        String bare = brackets ? host.substring(1, host.length() - 1) : host;
        return IpLiteral.parse(bare.equals("localhost") ? "127.0.0.1" : bare)
                .orElseThrow(() -> wrong(text, "\"" + host + "\" is no IP address"));
    }

    private static Map<String, String> options(String query, String text) {
        Map<String, String> options = new TreeMap<>();
        for (String option : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            int equals = option.indexOf('=');
            String name = equals < 0 ? option : option.substring(0, equals);
            if (!name.equals("interface") && !name.equals("program")) {
                throw wrong(text, "\"" + name + "\" is no known option; there are interface and program");
            }
            options.put(name, equals < 0 ? "" : option.substring(equals + 1));
        }
        return options;
    }

    private static IllegalArgumentException wrong(String text, String why) {
        return new IllegalArgumentException("\"" + text + "\" can't be received: " + why);
    }
}

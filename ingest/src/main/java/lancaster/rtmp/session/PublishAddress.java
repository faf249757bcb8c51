package lancaster.rtmp.session;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Scope;
import lancaster.rtmp.message.RtmpMessage.Command;
import lancaster.stream.StreamPath;

/**
 * Which stream a client means and with which key. Encoders cut a URL into tcUrl, app and name in many ways and people
 * paste it in more: queries stand behind any of them, quotes around them, whole URLs in the place of names, and
 * everything may be in the app.
 */
record PublishAddress(StreamPath path, Optional<String> key, List<String> queries) {
    static final int MAX_KEY_CHARS = 4096;
    /** Of {@code connect} that may be keys: others put a name before it. */
    private static final int MAX_ARGUMENTS = 4;

    private static final int MAX_PART_CHARS = 8192;
    private static final String WHERE = "publish address";
    /** Names of the key in a query, the one that counts most first; user and pass are what other servers take. */
    private static final List<String> KEY_NAMES = List.of("key", "token", "pass");

    /** One of the three places. */
    private record Part(boolean isUrl, String path, String query) {
        static Part of(String text) {
            if (!isBearable(text)) {
                throw ProtocolException.limit(Scope.STREAM, WHERE, "longer than " + MAX_PART_CHARS + " characters");
            }
            String bare = unquoted(text.strip());
            int question = bare.indexOf('?');
            String query = question < 0 ? "" : bare.substring(question + 1);
            String path = question < 0 ? bare : bare.substring(0, question);
            int scheme = path.toLowerCase(Locale.ROOT).lastIndexOf("://");
            if (scheme < 0) {
                return new Part(false, path, query);
            }
            int slash = path.indexOf('/', scheme + 3);
            return new Part(true, slash < 0 ? "" : path.substring(slash), query);
        }

        private static String unquoted(String text) {
            String bare = text;
            while (!bare.isEmpty() && "\"'".indexOf(bare.charAt(0)) >= 0) {
                bare = bare.substring(1);
            }
            while (!bare.isEmpty() && "\"'".indexOf(bare.charAt(bare.length() - 1)) >= 0) {
                bare = bare.substring(0, bare.length() - 1);
            }
            return bare;
        }

        boolean hasPath() {
            return !path.replace("/", "").isEmpty();
        }

        /** Whether the path alone names a stream: it has an application and a name. */
        boolean isWhole() {
            return Stream.of(path.split("/", -1))
                            .filter(component -> !component.isEmpty())
                            .count()
                    > 1;
        }

        Optional<String> key() {
            return KEY_NAMES.stream()
                    .flatMap(name -> parameter(query, name).stream())
                    .findFirst();
        }
    }

    /** Whether these parts of an address are short enough to be looked into. */
    static boolean isBearable(String... parts) {
        return Stream.of(parts).allMatch(part -> part.length() <= MAX_PART_CHARS);
    }

    /**
     * What a client shows that connects, to prove that it may: in the query of its address, or as an argument of
     * {@code connect}, as keys of developers are shown to Cirrus.
     */
    static List<String> keys(String tcUrl, String app, Command connect) {
        Stream<String> inAddress = Stream.of(app, tcUrl).flatMap(part -> Part.of(part).key().stream());
        Stream<String> asArgument =
                connect.arguments().stream().skip(1).limit(MAX_ARGUMENTS).flatMap(each -> each.asString().stream());
        return Stream.concat(inAddress, asArgument)
                .filter(key -> !key.isEmpty() && key.length() <= MAX_KEY_CHARS)
                .toList();
    }

    /** @throws ProtocolException of scope STREAM where no stream is named */
    static PublishAddress of(String tcUrl, String app, String name) {
        Part namePart = Part.of(name);
        Part appPart = Part.of(app);
        Part urlPart = Part.of(tcUrl);
        String base = appPart.hasPath() ? appPart.path : urlPart.path;
        String whole = namePart.isUrl && namePart.isWhole() ? namePart.path : base + "/" + namePart.path;
        Optional<String> key = Stream.of(namePart, appPart, urlPart)
                .flatMap(part -> part.key().stream())
                .findFirst();
        if (key.isPresent() && key.get().length() > MAX_KEY_CHARS) {
            throw ProtocolException.limit(Scope.STREAM, WHERE, "key longer than " + MAX_KEY_CHARS + " characters");
        }
        List<String> queries = List.of(namePart.query, appPart.query, urlPart.query);
        return new PublishAddress(StreamPath.parse(percentDecoded(whole)), key, queries);
    }

    /** What the queries say by that name. */
    Optional<String> parameter(String name) {
        return queries.stream()
                .flatMap(query -> parameter(query, name).stream())
                .findFirst();
    }

    private static Optional<String> parameter(String query, String name) {
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0
                    && equals < pair.length() - 1
                    && pair.substring(0, equals).equals(name)) {
                return Optional.of(percentDecoded(pair.substring(equals + 1)));
            }
        }
        return Optional.empty();
    }

    /** Decodes %XX and nothing else; text that isn't properly encoded stays as it is. */
    private static String percentDecoded(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}

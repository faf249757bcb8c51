package lancaster.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A configuration as one may show it to strangers: a line a value, {@code PATH = VALUE}, without comments and secrets. It
 * needs no right configuration, only YAML, and hides by the names of keys whatever might be secret.
 */
public final class ConfigListing {
    private static final String HIDDEN = "(hidden)";
    private static final int MAX_DEPTH = 32;
    private static final int KEY_CHARS = 8;
    private static final Pattern SECRET =
            Pattern.compile("key|keys|.*password.*|.*secret.*|.*token.*|.*passphrase.*|.*-key|.*hash.*");
    private static final Set<String> WORDS = Set.of("", "none", "default", "auto", "true", "false");
    private static final Pattern ELSEWHERE = Pattern.compile("(file|env):.*");
    /** Scheme, user, the rest. */
    private static final Pattern URL = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*@)?([^?#]*)(.*)");

    private final List<String> lines = new ArrayList<>();
    private final List<String> secrets = new ArrayList<>();

    private ConfigListing() {}

    /** @throws IOException where {@code file} can't be read */
    public static ConfigListing of(Path file) throws IOException {
        ConfigListing listing = new ConfigListing();
        String text = Files.readString(file, StandardCharsets.UTF_8);
        try {
            Optional<Node> root = new Compose(ConfigReader.settings(file.toString())).composeString(text);
            root.ifPresent(node -> listing.add("", "", node, 0));
        } catch (YamlEngineException e) {
            // The message quotes the text.
            listing.lines.add("isn't YAML; `lancaster check` tells where");
        }
        return listing;
    }

    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** What was hidden. */
    public List<String> secrets() {
        return List.copyOf(secrets);
    }

    private void add(String path, String key, Node node, int depth) {
        if (depth > MAX_DEPTH) {
            lines.add(path + " = …");
        } else if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                String name = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
                add(path.isEmpty() ? name : path + '.' + name, name, tuple.getValueNode(), depth + 1);
            }
        } else if (node instanceof SequenceNode sequence) {
            int index = 0;
            for (Node item : sequence.getValue()) {
                add(path + '[' + index++ + ']', key, item, depth + 1);
            }
        } else if (node instanceof ScalarNode scalar) {
            lines.add(path + " = " + shown(key, scalar.getValue()));
        }
    }

    private String shown(String key, String value) {
        if (SECRET.matcher(key).matches()
                && !WORDS.contains(value)
                && !ELSEWHERE.matcher(value).matches()) {
            secrets.add(value);
            return HIDDEN;
        }
        var url = URL.matcher(value);
        return url.matches() ? address(url.group(1), url.group(2), url.group(3), url.group(4)) : value;
    }

    /** Users, queries, and the names under which one publishes elsewhere, which many services use as keys. */
    private String address(String scheme, @Nullable String user, String rest, String query) {
        StringBuilder shown = new StringBuilder(scheme).append("://");
        if (user != null) {
            // SENDER@GROUP is no user (RFC 4607 has no such URL; players do).
            boolean sender = scheme.equals("rtp") || scheme.equals("udp");
            shown.append(sender ? user : HIDDEN + '@');
            if (!sender) {
                secrets.add(user.substring(0, user.length() - 1));
            }
        }
        int name = scheme.startsWith("rtm") ? rest.lastIndexOf('/') + 1 : 0;
        if (name > 1 && name < rest.length()) {
            String last = rest.substring(name);
            // A word that is no key stands in many places where it says something.
            if (last.length() >= KEY_CHARS && last.chars().anyMatch(Character::isDigit)) {
                secrets.add(last);
            }
            shown.append(rest, 0, name).append(HIDDEN);
        } else {
            shown.append(rest);
        }
        if (query.startsWith("?")) {
            secrets.add(query.substring(1));
            for (String parameter : query.substring(1).split("&", -1)) {
                secrets.add(parameter.substring(parameter.indexOf('=') + 1));
            }
            shown.append('?').append(HIDDEN);
        }
        return shown.toString();
    }
}

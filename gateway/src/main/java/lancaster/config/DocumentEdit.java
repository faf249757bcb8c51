package lancaster.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Changes single values in the text of a document, so that all else stays as somebody wrote it, comments too. What comes
 * out is read again: where it doesn't say what was wanted, nothing is changed.
 */
final class DocumentEdit {
    private static final String LABEL = "document";
    private static final String INDENT = "  ";

    private String text;

    private DocumentEdit(String text) {
        this.text = text;
    }

    /**
     * {@code text} with what {@code patch} says: a key that is nothing there is taken out (RFC 7396).
     *
     * @throws IllegalArgumentException where that can't be; the message says why
     */
    static String merge(String text, Object patch) {
        if (!(patch instanceof Map<?, ?> changes)) {
            throw new IllegalArgumentException("isn't an object with keys");
        }
        Object present = tree(text);
        if (!(present instanceof Map) && !present.equals(DocumentTree.NULL)) {
            throw new IllegalArgumentException("the document has no keys that could be changed");
        }
        Object wanted = DocumentTree.merge(present, patch);
        DocumentEdit edit = new DocumentEdit(text);
        edit.apply(ConfigPath.ROOT, changes);
        if (!DocumentTree.same(wanted, tree(edit.text))) {
            throw new IllegalArgumentException(
                    "this part of the file is written in a way that can't be changed from here, such as by an alias;"
                            + " change it in the file");
        }
        return edit.text;
    }

    static Object tree(String text) {
        return DocumentTree.of(compose(text));
    }

    static Optional<Node> compose(String text) {
        try {
            return new Compose(ConfigReader.settings(LABEL)).composeString(text);
        } catch (YamlEngineException e) {
            throw new IllegalArgumentException("isn't YAML: " + e.getMessage(), e);
        }
    }

    private void apply(ConfigPath at, Map<?, ?> changes) {
        changes.forEach((key, value) -> {
            ConfigPath path = at.child(String.valueOf(key));
            if (value.equals(DocumentTree.NULL)) {
                remove(path);
            } else if (value instanceof Map<?, ?> below && !below.isEmpty()) {
                apply(path, below);
            } else if (value instanceof Map<?, ?>) {
                add(path);
            } else {
                set(path, YamlText.of(value));
            }
        });
    }

    /** A key with nothing below it. */
    private void add(ConfigPath path) {
        Place place = Place.of(compose(text), path);
        if (!place.missing.isEmpty() || !(place.node() instanceof MappingNode)) {
            set(path, YamlText.of(Map.of()));
        }
    }

    private void set(ConfigPath path, String value) {
        Optional<Node> root = compose(text);
        Place place = Place.of(root, path);
        if (place.missing.isEmpty()) {
            replace(place, value);
        } else if (root.isEmpty()) {
            append(lines(place.missing, value, ""));
        } else {
            insert(place, value);
        }
    }

    /** Of the document, and how far a path leads into it. */
    private record Place(List<Node> nodes, Optional<NodeTuple> tuple, List<String> missing) {
        Node node() {
            return nodes.get(nodes.size() - 1);
        }

        static Place of(Optional<Node> root, ConfigPath path) {
            List<Node> nodes = new ArrayList<>();
            root.ifPresent(nodes::add);
            Optional<NodeTuple> tuple = Optional.empty();
            for (int i = 0; i < path.length(); i++) {
                Optional<NodeTuple> next = nodes.isEmpty()
                        ? Optional.empty()
                        : find(nodes.get(nodes.size() - 1), path.components().get(i));
                if (next.isEmpty()) {
                    return new Place(nodes, tuple, path.components().subList(i, path.length()));
                }
                tuple = next;
                nodes.add(next.get().getValueNode());
            }
            return new Place(nodes, tuple, List.of());
        }
    }

    private static Optional<NodeTuple> find(Node node, String key) {
        return node instanceof MappingNode mapping
                ? mapping.getValue().stream()
                        .filter(tuple -> DocumentTree.key(tuple).equals(key))
                        .findFirst()
                : Optional.empty();
    }

    private void replace(Place place, String value) {
        Node node = place.node();
        int from = start(node);
        int to = end(node);
        boolean hard = from == to && from > 0 && text.charAt(from - 1) == ':';
        // The items of a list may stand right below its key; another value may not (§8.2.1).
        int column = place.tuple.map(tuple -> column(tuple.getKeyNode())).orElse(0);
        boolean below = node instanceof SequenceNode sequence && sequence.getFlowStyle() == FlowStyle.BLOCK;
        int indent = below ? Math.max(0, column + INDENT.length() - column(node)) : 0;
        splice(from, to, (hard ? " " : " ".repeat(indent)) + value);
    }

    private void insert(Place place, String value) {
        Node node = place.node();
        if (!(node instanceof MappingNode mapping)) {
            if (DocumentTree.isNull(node) && start(node) == end(node) && place.tuple.isPresent()) {
                Node key = place.tuple.get().getKeyNode();
                int column = column(key) + INDENT.length();
                splice(lineEnd(end(node)), lineEnd(end(node)), '\n' + lines(place.missing, value, " ".repeat(column)));
            } else {
                replace(place, flow(place.missing, value));
            }
        } else if (mapping.getFlowStyle() == FlowStyle.FLOW) {
            List<NodeTuple> entries = mapping.getValue();
            String entry = entry(place.missing, value);
            if (entries.isEmpty()) {
                splice(start(mapping), end(mapping), "{ " + entry + " }");
            } else {
                int end = end(entries.get(entries.size() - 1).getValueNode());
                splice(end, end, ", " + entry);
            }
        } else {
            int end = lineEnd(end(mapping));
            int column = column(mapping.getValue().get(0).getKeyNode());
            splice(end, end, '\n' + lines(place.missing, value, " ".repeat(column)));
        }
    }

    private void remove(ConfigPath path) {
        Optional<Node> root = compose(text);
        Place place = Place.of(root, path);
        if (!place.missing.isEmpty() || place.tuple.isEmpty()) {
            return;
        }
        MappingNode parent = (MappingNode) place.nodes.get(place.nodes.size() - 2);
        List<NodeTuple> entries = parent.getValue();
        int index = entries.indexOf(place.tuple.get());
        Node key = place.tuple.get().getKeyNode();
        int end = Math.max(end(place.node()), behind(key));
        if (parent.getFlowStyle() == FlowStyle.FLOW) {
            if (index + 1 < entries.size()) {
                splice(start(key), start(entries.get(index + 1).getKeyNode()), "");
            } else if (index > 0) {
                splice(end(entries.get(index - 1).getValueNode()), end, "");
            } else {
                splice(start(parent), end(parent), "{}");
            }
            return;
        }
        int from = start(key);
        int lineStart = from - column(key);
        int to = lineEnd(end);
        boolean alone = text.substring(lineStart, from).isBlank();
        if (alone && to < text.length() && text.charAt(to) == '\n') {
            to++;
        }
        splice(alone ? lineStart : from, Math.max(to, end), "");
    }

    private static String entry(List<String> missing, String value) {
        String rest = missing.size() == 1 ? value : flow(missing.subList(1, missing.size()), value);
        return YamlText.word(missing.get(0)) + ": " + rest;
    }

    private static String flow(List<String> missing, String value) {
        return "{ " + entry(missing, value) + " }";
    }

    /** Keys below each other, without the last end of line. */
    private static String lines(List<String> missing, String value, String indent) {
        StringBuilder lines = new StringBuilder();
        String in = indent;
        for (int i = 0; i < missing.size(); i++) {
            lines.append(i == 0 ? "" : "\n")
                    .append(in)
                    .append(YamlText.word(missing.get(i)))
                    .append(':');
            in += INDENT;
        }
        return lines.append(' ').append(value).toString();
    }

    private void append(String lines) {
        text = text + (text.isEmpty() || text.endsWith("\n") ? "" : "\n") + lines + '\n';
    }

    private void splice(int from, int to, String with) {
        text = text.substring(0, from) + with + text.substring(to);
    }

    /** Where the line ends that {@code at} is in. */
    private int lineEnd(int at) {
        int end = text.indexOf('\n', at);
        int found = end < 0 ? text.length() : end;
        return found > at && text.charAt(found - 1) == '\r' ? found - 1 : found;
    }

    private int start(Node node) {
        return offset(node.getStartMark().orElseThrow());
    }

    /** The mark of a block says where the next thing begins; comments between the two aren't part of it. */
    private int end(Node node) {
        if (node instanceof MappingNode mapping && mapping.getFlowStyle() == FlowStyle.BLOCK) {
            NodeTuple last = mapping.getValue().get(mapping.getValue().size() - 1);
            return Math.max(end(last.getValueNode()), behind(last.getKeyNode()));
        }
        if (node instanceof SequenceNode sequence && sequence.getFlowStyle() == FlowStyle.BLOCK) {
            return end(sequence.getValue().get(sequence.getValue().size() - 1));
        }
        int start = start(node);
        int end = offset(node.getEndMark().orElseThrow());
        // Text of several lines ends behind its last one.
        while (node instanceof ScalarNode && end > start && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        return Math.max(start, end);
    }

    /** Behind the colon of a key. */
    private int behind(Node key) {
        return Math.min(text.length(), end(key) + 1);
    }

    /** Marks count characters beyond 16 bits once. */
    private int offset(Mark mark) {
        return text.offsetByCodePoints(0, mark.getIndex());
    }

    private static int column(Node node) {
        return node.getStartMark().orElseThrow().getColumn();
    }
}

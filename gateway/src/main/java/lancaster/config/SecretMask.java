package lancaster.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Takes the secrets out of a text, and puts them back into one that was made of it. */
final class SecretMask {
    private SecretMask() {}

    /** {@code text}, whose secrets these are, as people may see it. */
    static String mask(String text, List<Secret> secrets) {
        StringBuilder masked = new StringBuilder(text);
        secrets.stream()
                .sorted(Comparator.comparingInt(Secret::from).reversed())
                .forEach(secret -> masked.replace(secret.from(), secret.to(), YamlText.word(secret.shown())));
        return masked.toString();
    }

    /**
     * {@code text} with the secrets that it hides, where {@code known} has one that was shown so under the same key.
     *
     * @throws IllegalArgumentException where it hides one that nobody knows
     */
    static String unmask(String text, List<Secret> known) {
        Optional<Node> root = DocumentEdit.compose(text);
        List<Hidden> hidden = new ArrayList<>();
        root.ifPresent(node -> find(node, ConfigPath.ROOT, hidden, 0));
        StringBuilder whole = new StringBuilder(text);
        hidden.sort(
                Comparator.comparingInt((Hidden one) -> offset(text, one.node().getStartMark()))
                        .reversed());
        for (Hidden one : hidden) {
            String value = known.stream()
                    .filter(secret -> one.isOf(secret.path())
                            && secret.shown().equals(one.node().getValue()))
                    .findFirst()
                    .map(Secret::value)
                    .orElseThrow(() -> new IllegalArgumentException(
                            one.path() + ": " + Secret.HIDDEN + " stands for nothing that was there before"));
            int from = offset(text, one.node().getStartMark());
            int to = offset(text, one.node().getEndMark());
            whole.replace(from, to, YamlText.word(value));
        }
        return whole.toString();
    }

    private record Hidden(ConfigPath path, ScalarNode node) {
        /** An address without keys of its own is the value of url. */
        boolean isOf(ConfigPath secret) {
            return secret.equals(path) || secret.equals(path.child(Section.URL));
        }
    }

    private static final int MAX_DEPTH = 32;

    private static void find(Node node, ConfigPath path, List<Hidden> hidden, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("is more than " + MAX_DEPTH + " levels deep");
        }
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                find(tuple.getValueNode(), path.child(DocumentTree.key(tuple)), hidden, depth + 1);
            }
        } else if (node instanceof SequenceNode sequence) {
            for (Node item : sequence.getValue()) {
                find(item, path, hidden, depth + 1);
            }
        } else if (node instanceof ScalarNode scalar && scalar.getValue().contains(Secret.HIDDEN)) {
            hidden.add(new Hidden(path, scalar));
        }
    }

    static int offset(String text, Optional<Mark> mark) {
        return text.offsetByCodePoints(0, mark.orElseThrow().getIndex());
    }
}

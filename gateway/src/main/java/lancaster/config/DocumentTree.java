package lancaster.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * What a document says, without how it is written: maps, lists and texts, as the reader of the configuration takes them,
 * and {@link #NULL}.
 */
final class DocumentTree {
    /** Of lists and maps in each other. */
    private static final int MAX_DEPTH = 32;

    /** Stands where a document says null, or nothing behind a key. */
    static final Object NULL = Optional.empty();

    private static final Map<String, Object> NO_KEYS = Map.of();

    private DocumentTree() {}

    /** @throws IllegalArgumentException where it is too deep, or has keys that are no words */
    static Object of(Optional<Node> node) {
        return node.map(root -> of(root, 0)).orElse(NO_KEYS);
    }

    private static Object of(Node node, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("is more than " + MAX_DEPTH + " levels deep");
        }
        if (node instanceof MappingNode mapping) {
            Map<String, Object> map = new LinkedHashMap<>();
            for (NodeTuple tuple : mapping.getValue()) {
                map.put(key(tuple), of(tuple.getValueNode(), depth + 1));
            }
            return map;
        }
        if (node instanceof SequenceNode sequence) {
            List<Object> list = new ArrayList<>();
            sequence.getValue().forEach(item -> list.add(of(item, depth + 1)));
            return list;
        }
        return isNull(node) ? NULL : ((ScalarNode) node).getValue();
    }

    static String key(NodeTuple tuple) {
        if (tuple.getKeyNode() instanceof ScalarNode key) {
            return key.getValue();
        }
        throw new IllegalArgumentException("has a key that is no plain word");
    }

    static boolean isNull(Node node) {
        return node instanceof ScalarNode && node.getTag().equals(Tag.NULL);
    }

    /** {@code target} with what {@code patch} says; nothing takes a key away (RFC 7396 §2). */
    static Object merge(Object target, Object patch) {
        if (!(patch instanceof Map<?, ?> changes)) {
            return patch;
        }
        Map<String, Object> merged = new LinkedHashMap<>();
        if (target instanceof Map<?, ?> present) {
            present.forEach((key, value) -> merged.put(String.valueOf(key), value));
        }
        changes.forEach((key, value) -> {
            String name = String.valueOf(key);
            if (value.equals(NULL)) {
                merged.remove(name);
            } else {
                merged.put(name, merge(merged.getOrDefault(name, NULL), value));
            }
        });
        return merged;
    }

    /** Whether both say the same, where a key with nothing below it is as good as none. */
    static boolean same(Object one, Object other) {
        return bare(one).equals(bare(other));
    }

    private static Object bare(Object tree) {
        if (tree instanceof Map<?, ?> map) {
            Map<String, Object> bare = new LinkedHashMap<>();
            map.forEach((key, value) -> {
                Object below = bare(value);
                if (!below.equals(NO_KEYS)) {
                    bare.put(String.valueOf(key), below);
                }
            });
            return bare;
        }
        if (tree instanceof List<?> list) {
            return list.stream().map(DocumentTree::bare).toList();
        }
        return tree.equals(NULL) ? NO_KEYS : tree;
    }
}

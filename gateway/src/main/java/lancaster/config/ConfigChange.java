package lancaster.config;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a changed configuration says otherwise of one listener, one section or the streams of one entry.
 *
 * @param path of the section: {@code rtmp}, {@code streams.live/townhall}
 * @param keys below it whose values are others now; empty if the whole came or went
 */
public record ConfigChange(String path, Kind kind, List<Key> keys) {
    public enum Kind {
        ADDED,
        REMOVED,
        CHANGED
    }

    /** @param name below the section: {@code hls.window}; empty where the section is a word itself */
    public record Key(String name, Effect effect) {}

    /** From when on a changed value counts. */
    public enum Effect {
        NOW("now"),
        NEXT_PUBLISH("when it is published next"),
        NEW_STREAM("for streams that are published for the first time"),
        RESTART("needs a restart");

        private final String text;

        Effect(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    public ConfigChange {
        keys = List.copyOf(keys);
    }

    /** For people: {@code streams.live/townhall changed: linger (when it is published next)}. */
    @Override
    public String toString() {
        String head = path + ' ' + kind.toString().toLowerCase(Locale.ROOT);
        if (keys.isEmpty()) {
            return head;
        }
        return head + ": "
                + keys.stream()
                        .sorted(Comparator.comparing(Key::effect).thenComparing(Key::name))
                        .map(key -> (key.name() + " (" + key.effect().text() + ')').strip())
                        .collect(Collectors.joining(", "));
    }
}

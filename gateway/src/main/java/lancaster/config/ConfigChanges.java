package lancaster.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import lancaster.config.ConfigChange.Effect;
import lancaster.config.ConfigChange.Kind;

/** Compares two configurations, key by key. */
public final class ConfigChanges {
    private static final String STREAMS = "streams";
    /** Of these sections every key counts as soon as it is read. */
    private static final List<String> LIVE_SECTIONS =
            List.of("access", "log", "multicast", "storage", "tls", "viewing");
    /** Whom RTMFP serves, and the servers beside it. */
    private static final Pattern LIVE_RTMFP = Pattern.compile("(addresses|keys|peers|redirect|redirect-when)(\\..*)?");
    /** How long who is logged in stays so. */
    private static final String SESSION = "session-";
    /** What lies in the record of a stream's timeline, for good. */
    private static final Pattern TIMELINE = Pattern.compile("hls\\.(segment|part|format)");
    /** What is done to a stream while it is live. */
    private static final Pattern LIVE_KEYS =
            Pattern.compile("hls|hls\\.window|(hds|multicast|source|republish|viewing)(\\..*)?");

    private ConfigChanges() {}

    /** What is otherwise in {@code after}, by section. */
    public static List<ConfigChange> between(LoadedConfig before, LoadedConfig after) {
        Map<ConfigPath, SortedMap<ConfigPath, List<Object>>> old = sections(before.values());
        Map<ConfigPath, SortedMap<ConfigPath, List<Object>>> now = sections(after.values());
        List<ConfigChange> changes = new ArrayList<>();
        now.forEach((section, values) -> {
            SortedMap<ConfigPath, List<Object>> was = old.get(section);
            if (was == null) {
                changes.add(new ConfigChange(section.toString(), Kind.ADDED, List.of()));
            } else if (!was.equals(values)) {
                changes.add(new ConfigChange(section.toString(), Kind.CHANGED, keys(section, was, values)));
            }
        });
        old.keySet().stream()
                .filter(section -> !now.containsKey(section))
                .forEach(section -> changes.add(new ConfigChange(section.toString(), Kind.REMOVED, List.of())));
        return changes;
    }

    /** The keys of {@code changes} that need a restart, with their paths. */
    public static List<String> restarts(List<ConfigChange> changes) {
        List<String> paths = new ArrayList<>();
        for (ConfigChange change : changes) {
            change.keys().stream()
                    .filter(key -> key.effect() == Effect.RESTART)
                    .forEach(key -> paths.add(change.path() + (key.name().isEmpty() ? "" : "." + key.name())));
            if (change.keys().isEmpty() && !change.path().startsWith(STREAMS + ".")) {
                paths.add(change.path());
            }
        }
        return paths;
    }

    /** Values by section, and in it by key; a stream's entry is a section. */
    private static Map<ConfigPath, SortedMap<ConfigPath, List<Object>>> sections(
            SortedMap<ConfigPath, List<Object>> values) {
        Map<ConfigPath, SortedMap<ConfigPath, List<Object>>> sections = new TreeMap<>();
        values.forEach((path, value) -> {
            int length = isOfStream(path) ? 2 : 1;
            sections.computeIfAbsent(path.head(length), name -> new TreeMap<>()).put(path.tail(length), value);
        });
        return sections;
    }

    private static boolean isOfStream(ConfigPath path) {
        return path.components().get(0).equals(STREAMS);
    }

    private static List<ConfigChange.Key> keys(
            ConfigPath section, SortedMap<ConfigPath, List<Object>> was, SortedMap<ConfigPath, List<Object>> is) {
        SortedMap<ConfigPath, List<Object>> all = new TreeMap<>(was);
        all.putAll(is);
        return all.keySet().stream()
                .filter(key -> !was.getOrDefault(key, List.of()).equals(is.getOrDefault(key, List.of())))
                .map(key -> new ConfigChange.Key(key.toString(), effect(section, key.toString())))
                .toList();
    }

    private static Effect effect(ConfigPath section, String key) {
        if (!isOfStream(section)) {
            if (section.toString().equals("rtmfp")) {
                return LIVE_RTMFP.matcher(key).matches() ? Effect.NOW : Effect.RESTART;
            }
            boolean live = LIVE_SECTIONS.contains(section.toString()) && !key.startsWith(SESSION);
            return live ? Effect.NOW : Effect.RESTART;
        }
        if (TIMELINE.matcher(key).matches()) {
            return Effect.NEW_STREAM;
        }
        return LIVE_KEYS.matcher(key).matches() ? Effect.NOW : Effect.NEXT_PUBLISH;
    }
}

package lancaster.config;

import java.util.ArrayList;
import java.util.List;

/**
 * What a reload did.
 *
 * @param source what was read
 * @param changes of the configuration
 * @param actions what was done to streams that are live or received, a sentence each
 * @param restarts paths of keys that count only after a restart, of this and of earlier reloads
 * @param warnings what works and yet should be known
 */
public record ReloadReport(
        String source,
        List<ConfigChange> changes,
        List<String> actions,
        List<String> restarts,
        List<ConfigError> warnings) {
    public ReloadReport {
        changes = List.copyOf(changes);
        actions = List.copyOf(actions);
        restarts = List.copyOf(restarts);
        warnings = List.copyOf(warnings);
    }

    /** For people. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(changes.isEmpty() ? source + ": nothing changed" : "reloaded " + source);
        changes.forEach(change -> lines.add("  " + change));
        actions.forEach(action -> lines.add("  " + action));
        warnings.forEach(warning -> lines.add("  warning: " + warning));
        if (!restarts.isEmpty()) {
            lines.add("  waiting for a restart: " + String.join(", ", restarts));
        }
        return lines;
    }
}

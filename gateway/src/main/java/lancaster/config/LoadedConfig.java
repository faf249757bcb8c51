package lancaster.config;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A configuration as it was read.
 *
 * @param source whence
 * @param values of all keys that there are, by path, as they count: a key that isn't written down has its default. A
 *     path below a list has a value an item. They may be secret.
 * @param text of the file; empty without one
 * @param secrets in it
 */
public record LoadedConfig(
        ConfigSource source,
        GatewayConfig config,
        SortedMap<ConfigPath, List<Object>> values,
        String text,
        List<Secret> secrets) {
    /** One that can't be read again. */
    public static LoadedConfig fixed(GatewayConfig config) {
        return new LoadedConfig(new ConfigSource(Optional.empty(), List.of()), config, new TreeMap<>(), "", List.of());
    }

    public LoadedConfig {
        secrets = List.copyOf(secrets);
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /** Neither text nor values: both hold secrets. */
    @Override
    public String toString() {
        return "LoadedConfig[" + source + "]";
    }
}

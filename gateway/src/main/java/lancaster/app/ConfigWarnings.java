package lancaster.app;

import java.util.LinkedHashSet;
import java.util.Set;
import lancaster.access.KeySource;
import lancaster.config.GatewayConfig;
import lancaster.output.MulticastOutputs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says at each start what of a configuration is allowed and should be known. */
final class ConfigWarnings {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigWarnings.class);

    private ConfigWarnings() {}

    static void log(GatewayConfig config) {
        config.warnings().forEach(warning -> LOG.warn("configuration warning=\"{}\"", warning));
        for (GatewayConfig.StreamRule rule : config.streams()) {
            if (rule.config().key() instanceof KeySource.Open) {
                LOG.warn("publishing needs no key streams={} cause=\"key: none\"", rule.pattern());
            }
        }
        // They may still come; streams wait for them.
        Set<String> missing = new LinkedHashSet<>();
        for (GatewayConfig.StreamRule rule : config.streams()) {
            rule.config()
                    .multicast()
                    .flatMap(MulticastOutputs::interfaceProblem)
                    .ifPresent(missing::add);
        }
        missing.forEach(problem -> LOG.warn("multicast can't leave yet cause=\"{}\"", problem));
    }
}

package lancaster.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import lancaster.access.PublishGate;
import lancaster.config.ConfigChange;
import lancaster.config.ConfigChanges;
import lancaster.config.ConfigControl;
import lancaster.config.ConfigException;
import lancaster.config.GatewayConfig;
import lancaster.config.LoadedConfig;
import lancaster.config.ReloadReport;
import lancaster.config.StreamConfig;
import lancaster.output.HdsOutputs;
import lancaster.output.HlsOutputs;
import lancaster.output.MulticastOutputs;
import lancaster.pull.Pulls;
import lancaster.receiver.Receivers;
import lancaster.receiver.SourceSettings;
import lancaster.republish.Republishers;
import lancaster.republish.TargetSettings;
import lancaster.segment.SegmentStore;
import lancaster.stream.LiveStream;
import lancaster.stream.StreamPath;
import lancaster.stream.StreamRegistry;
import lancaster.stream.StreamSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a changed configuration in force: what it doesn't change is not touched. Owner: the control thread.
 */
final class Reload implements ConfigControl {
    private static final Logger LOG = LoggerFactory.getLogger(Reload.class);
    private static final String UNLISTED = "the configuration lists it no longer";
    private static final String HAS_SOURCE = "the configuration says where it is fetched now";

    /** What can be changed while it runs. */
    record Parts(
            StreamRegistry streams,
            HlsOutputs hls,
            HdsOutputs hds,
            MulticastOutputs multicasts,
            Republishers republishers,
            Receivers receivers,
            Pulls pulls,
            PublishGate gate,
            SegmentStore store) {}

    private final LoadedConfig started;
    private final Parts parts;
    private final Executor control;
    private final Consumer<GatewayConfig> inForce;
    private volatile LoadedConfig current;
    private volatile Runnable begins = () -> {};
    private volatile Runnable ends = () -> {};

    /** @param inForce is told the configuration from which all that begins from now on gets its settings */
    Reload(LoadedConfig started, Parts parts, Executor control, Consumer<GatewayConfig> inForce) {
        this.started = started;
        this.current = started;
        this.parts = parts;
        this.control = control;
        this.inForce = inForce;
    }

    @Override
    public LoadedConfig current() {
        return current;
    }

    /** Who is told that a reload begins, and that it is over, whatever came of it. */
    void announce(Runnable whenItBegins, Runnable whenItEnds) {
        begins = whenItBegins;
        ends = whenItEnds;
    }

    @Override
    public CompletableFuture<ReloadReport> reload() {
        return CompletableFuture.supplyAsync(this::read, control)
                .thenComposeAsync(this::apply, control)
                .whenComplete((report, failure) -> {
                    log(report, failure);
                    ends.run();
                });
    }

    private LoadedConfig read() {
        begins.run();
        return current.source().file().isEmpty() ? current : current.source().load();
    }

    private CompletableFuture<ReloadReport> apply(LoadedConfig after) {
        LoadedConfig before = current;
        List<ConfigChange> changes = ConfigChanges.between(before, after);
        List<String> restarts = ConfigChanges.restarts(ConfigChanges.between(started, after));
        GatewayConfig was = before.config();
        GatewayConfig is = after.config();
        current = after;
        inForce.accept(is);
        if (!was.log().equals(is.log())) {
            Logging.apply(is.log());
        }
        parts.gate().apply(is.access());
        parts.store().limit(is.storage().segmentLimitBytes());
        List<String> actions = new ArrayList<>();
        sources(was, is, actions);
        List<LiveStream> sentOtherwise = streams(was, is, actions);
        return parts.multicasts()
                .reconfigure(is.multicast().plan(), was.multicastClaims(), is.multicastClaims(), sentOtherwise)
                .thenApply(
                        done -> new ReloadReport(after.source().toString(), changes, actions, restarts, is.warnings()));
    }

    /** What concerns live streams; those whose multicast is another now. */
    private List<LiveStream> streams(GatewayConfig was, GatewayConfig is, List<String> actions) {
        for (StreamPath path : parts.streams().paths()) {
            if (is.stream(path).isEmpty() && parts.streams().kick(path, UNLISTED)) {
                actions.add(path + ": its publisher is turned away, " + UNLISTED);
            }
        }
        List<LiveStream> sentOtherwise = new ArrayList<>();
        for (LiveStream stream : parts.streams().live()) {
            StreamPath path = stream.path();
            Optional<StreamConfig> before = was.stream(path);
            Optional<StreamConfig> after = is.stream(path);
            if (before.equals(after)) {
                continue;
            }
            if (!before.flatMap(StreamConfig::multicast).equals(after.flatMap(StreamConfig::multicast))) {
                sentOtherwise.add(stream);
                actions.add(path + ": multicast " + verb(after.flatMap(StreamConfig::multicast)));
            }
            if (!before.flatMap(StreamConfig::hlsWindow).equals(after.flatMap(StreamConfig::hlsWindow))) {
                parts.hls().reconfigure(stream);
                actions.add(path + ": HLS " + verb(after.flatMap(StreamConfig::hlsWindow)));
            }
            if (!before.flatMap(StreamConfig::hds).equals(after.flatMap(StreamConfig::hds))) {
                parts.hds().reconfigure(stream);
                actions.add(path + ": HDS " + verb(after.flatMap(StreamConfig::hds)));
            }
            if (!targets(before).equals(targets(after))) {
                parts.republishers().reconfigure(stream);
                actions.add(path + ": sent on to " + targets(after).size() + " servers");
            }
        }
        return sentOtherwise;
    }

    private static List<TargetSettings> targets(Optional<StreamConfig> config) {
        return config.map(StreamConfig::republish).orElse(List.of());
    }

    private static String verb(Optional<?> after) {
        return after.isPresent() ? "is as configured now" : "ends";
    }

    private void sources(GatewayConfig was, GatewayConfig is, List<String> actions) {
        Map<StreamPath, SourceSettings> before = sources(was);
        Map<StreamPath, SourceSettings> after = sources(is);
        before.forEach((path, source) -> {
            if (!source.equals(after.get(path))) {
                parts.receivers().remove(path);
                parts.pulls().remove(path);
                actions.add(path + ": no longer fetched from " + source);
            }
        });
        after.forEach((path, source) -> {
            if (!source.equals(before.get(path))) {
                if (!before.containsKey(path) && parts.streams().kick(path, HAS_SOURCE)) {
                    actions.add(path + ": its publisher is turned away, " + HAS_SOURCE);
                }
                receive(path, source, is);
                actions.add(path + ": fetched from " + source);
            }
        });
    }

    private void receive(StreamPath path, SourceSettings source, GatewayConfig config) {
        StreamConfig begun = config.stream(path).orElse(StreamConfig.DEFAULTS);
        Supplier<StreamSettings> settings =
                () -> current.config().stream(path).orElse(begun).live();
        if (source.pull().isPresent()) {
            parts.pulls().add(path, source.pull().get(), settings);
        } else {
            parts.receivers().add(path, source, settings);
        }
    }

    /** Begins to receive what is configured. */
    void startReceivers() {
        sources(current.config()).forEach((path, source) -> receive(path, source, current.config()));
    }

    private static Map<StreamPath, SourceSettings> sources(GatewayConfig config) {
        Map<StreamPath, SourceSettings> sources = new LinkedHashMap<>();
        for (GatewayConfig.StreamRule rule : config.streams()) {
            rule.config()
                    .source()
                    .ifPresent(source ->
                            sources.put(StreamPath.parse(rule.pattern().toString()), source));
        }
        return sources;
    }

    private static void log(ReloadReport report, Throwable failure) {
        if (failure == null) {
            LOG.info(
                    "configuration reloaded source=\"{}\" changes={}",
                    report.source(),
                    report.changes().size());
            report.changes().forEach(change -> LOG.info("configuration changed what=\"{}\"", change));
            report.actions().forEach(action -> LOG.info("configuration applied what=\"{}\"", action));
            report.warnings().forEach(warning -> LOG.warn("configuration warning=\"{}\"", warning));
            if (!report.restarts().isEmpty()) {
                LOG.warn("configuration waits for a restart keys=\"{}\"", String.join(", ", report.restarts()));
            }
            return;
        }
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof ConfigException refused) {
            refused.errors().forEach(error -> LOG.error("configuration refused error=\"{}\"", error));
            LOG.error(
                    "configuration refused errors={} goes-on=\"with the one before\"",
                    refused.errors().size());
        } else {
            LOG.error("configuration not reloaded", cause);
        }
    }
}

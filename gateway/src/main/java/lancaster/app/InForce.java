package lancaster.app;

import java.util.List;
import java.util.Optional;
import lancaster.access.KeySource;
import lancaster.access.PublishGate;
import lancaster.access.viewing.ViewingSettings;
import lancaster.config.GatewayConfig;
import lancaster.config.MulticastChange;
import lancaster.config.StreamConfig;
import lancaster.hds.HdsSettings;
import lancaster.output.MulticastOutputSettings;
import lancaster.output.MulticastOutputs;
import lancaster.receiver.SourceSettings;
import lancaster.republish.TargetSettings;
import lancaster.stream.StreamPath;

/** The configuration that is in force, and what it says of a stream that begins now. From any thread. */
final class InForce {
    private volatile GatewayConfig config;

    InForce(GatewayConfig config) {
        this.config = config;
    }

    GatewayConfig config() {
        return config;
    }

    void change(GatewayConfig changed) {
        config = changed;
    }

    boolean knows(StreamPath path) {
        return config.stream(path).isPresent();
    }

    int hlsWindow(StreamPath path) {
        return config.stream(path).flatMap(StreamConfig::hlsWindow).orElse(0);
    }

    Optional<HdsSettings> hds(StreamPath path) {
        return config.stream(path).flatMap(StreamConfig::hds);
    }

    Optional<MulticastOutputSettings> multicast(StreamPath path) {
        return config.stream(path).flatMap(StreamConfig::multicast);
    }

    List<TargetSettings> republish(StreamPath path) {
        return config.stream(path).map(StreamConfig::republish).orElse(List.of());
    }

    Optional<KeySource> key(StreamPath path) {
        return config.stream(path).map(StreamConfig::key);
    }

    Optional<PublishGate.Entry> entry(StreamPath path) {
        return config.stream(path)
                .map(stream -> new PublishGate.Entry(
                        stream.key(), stream.live(), stream.source().map(SourceSettings::toString)));
    }

    ViewingSettings viewing(StreamPath path) {
        return config.stream(path)
                .map(StreamConfig::viewing)
                .orElse(config.security().viewing());
    }

    boolean openMetrics() {
        return config.security().openMetrics();
    }

    /** What somebody wants of a stream's multicast, {@code json}, by the rules of the address plan. */
    MulticastOutputs.Change multicastChange(String json, StreamPath path) {
        return (present, others) -> MulticastChange.apply(
                json, present, path.toString(), config.multicast().plan(), others);
    }
}

package lancaster.config;

import java.util.List;
import java.util.Optional;
import lancaster.access.KeySource;
import lancaster.access.viewing.ViewingSettings;
import lancaster.hds.HdsSettings;
import lancaster.hls.HlsSettings;
import lancaster.output.MulticastOutputSettings;
import lancaster.receiver.SourceSettings;
import lancaster.republish.TargetSettings;
import lancaster.stream.StreamSettings;

/**
 * What is configured for the streams of one entry of {@code streams}.
 *
 * @param hlsWindow how many segments a playlist lists; empty if the streams don't go out as HLS
 * @param hds empty if the streams don't go out as HDS
 * @param multicast empty if the streams don't go out as IP multicast
 * @param source where the stream is fetched; empty: encoders publish it
 * @param republish servers that the stream is sent on to
 * @param viewing who may watch
 */
public record StreamConfig(
        KeySource key,
        StreamSettings live,
        Optional<Integer> hlsWindow,
        Optional<HdsSettings> hds,
        Optional<MulticastOutputSettings> multicast,
        Optional<SourceSettings> source,
        List<TargetSettings> republish,
        ViewingSettings viewing) {
    public static final StreamConfig DEFAULTS = new StreamConfig(
            new KeySource.Stored(),
            StreamSettings.DEFAULTS,
            Optional.of(HlsSettings.DEFAULT.window()),
            Optional.of(HdsSettings.DEFAULT),
            Optional.of(MulticastOutputSettings.DEFAULTS),
            Optional.empty(),
            List.of(),
            ViewingSettings.OPEN);

    public StreamConfig {
        republish = List.copyOf(republish);
    }

    StreamConfig withMulticast(MulticastOutputSettings settings) {
        return new StreamConfig(key, live, hlsWindow, hds, Optional.of(settings), source, republish, viewing);
    }

    /** Where the stream with these names in the places of the wildcards is sent on to. */
    StreamConfig withNames(List<String> names) {
        if (names.isEmpty()) {
            return this;
        }
        List<TargetSettings> targets =
                republish.stream().map(target -> target.with(names)).toList();
        return new StreamConfig(key, live, hlsWindow, hds, multicast, source, targets, viewing);
    }

    StreamConfig withViewing(ViewingSettings rule) {
        return new StreamConfig(key, live, hlsWindow, hds, multicast, source, republish, rule);
    }
}

package lancaster.config;

import java.time.Duration;
import java.util.Optional;
import lancaster.hds.HdsSettings;

/** Reads {@code hds} of an entry of {@code streams}. */
final class HdsReader {
    private static final String NONE = "none";
    private static final Duration LONGEST_DVR = Duration.ofDays(7);

    private HdsReader() {}

    /** Empty if it is switched off. */
    static Optional<HdsSettings> read(Section stream) {
        boolean off = stream.isWord("hds", NONE);
        Section hds = off ? stream.absent("hds") : stream.section("hds");
        int window = hds.count("window", HdsSettings.DEFAULT.window(), 3, 10_000);
        Duration dvr = hds.value(
                "dvr",
                Duration.ZERO,
                Values.DURATION + ", or none",
                text -> text.equals(NONE)
                        ? Optional.of(Duration.ZERO)
                        : Values.duration(text).filter(value -> !value.isZero()),
                value -> value.isZero() || (value.toSeconds() >= 1 && value.compareTo(LONGEST_DVR) <= 0)
                        ? ""
                        : "must be 1s to " + Values.text(LONGEST_DVR));
        hds.finish();
        return off
                ? Optional.empty()
                : Optional.of(new HdsSettings(window, Optional.of(dvr).filter(value -> !value.isZero())));
    }
}

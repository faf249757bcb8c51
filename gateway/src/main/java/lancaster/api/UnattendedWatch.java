package lancaster.api;

import java.util.Locale;
import lancaster.pull.Pulls;
import lancaster.republish.Republishers;

/** Lets the watch see how streams do that are sent on to other servers or fetched from them. */
public record UnattendedWatch(Republishers republishers, Pulls pulls) implements StatusWatch.Source {
    @Override
    public void tell(StatusWatch.Statuses now) {
        republishers
                .all()
                .forEach(stats -> now.add(
                        "republisher",
                        stats.path(),
                        stats.target(),
                        word(stats.state()),
                        stats.reason().orElse("")));
        pulls.all()
                .forEach(stats -> now.add(
                        "pull",
                        stats.path(),
                        stats.source(),
                        word(stats.state()),
                        stats.reason().orElse("")));
    }

    private static String word(Enum<?> state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}

package lancaster.receiver;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import lancaster.multicast.IpLiteral;
import lancaster.multicast.MulticastException;
import lancaster.multicast.ReceiverSettings;
import lancaster.runloop.RunLoop;
import lancaster.stream.StreamPath;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens to anybody who sends to a group, for a while: who is it, when it isn't who was expected? */
final class SenderSearch {
    private static final Logger LOG = LoggerFactory.getLogger(SenderSearch.class);
    private static final long LISTEN_NS = 3 * RunLoop.SECOND_NS;
    private static final int MAX_SENDERS = 4;

    private SenderSearch() {}

    /**
     * On the multicast loop.
     *
     * @param found is told of those who aren't the source of {@code settings}
     */
    static void begin(
            StreamPath path, Sockets sockets, RunLoop loop, ReceiverSettings settings, Consumer<List<String>> found) {
        Set<String> senders = new LinkedHashSet<>();
        try {
            Sockets.Joined anybody = sockets.open(settings.fromAnybody(), (data, from, arrivalNs) -> {
                if (senders.size() < MAX_SENDERS) {
                    senders.add(IpLiteral.text(from.getAddress()));
                }
            });
            var unused = loop.schedule(LISTEN_NS, () -> {
                anybody.close();
                settings.source().map(IpLiteral::text).ifPresent(senders::remove);
                found.accept(List.copyOf(senders));
            });
        } catch (MulticastException e) {
            LOG.debug("no search path={} cause=\"{}\"", path, e.getMessage());
        }
    }
}

package lancaster.receiver;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import lancaster.multicast.MulticastException;
import lancaster.multicast.ReceiverSettings;
import lancaster.multicast.net.ReceiverStats;
import lancaster.receiver.ReceptionPlan.Port;
import lancaster.runloop.RunLoop;
import lancaster.stream.StreamPath;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sockets of one plan: those of the ways' media, in their order, and those of their parity. Owner: the multicast loop. */
final class PlanSockets {
    private static final Logger LOG = LoggerFactory.getLogger(PlanSockets.class);

    /** A socket of a plan. */
    record Open(ReceiverSettings settings, Sockets.Joined socket) {}

    private final StreamPath path;
    private final Sockets sockets;
    private final RunLoop loop;
    private final List<Open> media = new ArrayList<>();
    private final List<Open> parity = new ArrayList<>();
    private List<Optional<ReceiverStats>> stats = List.of();

    PlanSockets(StreamPath path, Sockets sockets, RunLoop loop) {
        this.path = path;
        this.sockets = sockets;
        this.loop = loop;
    }

    /** @throws MulticastException where a way can't be had; what is open then is to be closed */
    void open(ReceptionPlan plan, Reception receiving) throws MulticastException {
        for (int way = 0; way < plan.paths().size(); way++) {
            ReceptionPlan.Path planned = plan.paths().get(way);
            media.add(open(planned.media(), receiving, way, Port.MEDIA));
            receiving.paths().get(way).joined(loop.nowNs());
            openParity(planned, receiving, way);
        }
    }

    private Open open(ReceiverSettings settings, Reception receiving, int way, Port port) throws MulticastException {
        return new Open(
                settings,
                sockets.open(
                        settings, (data, from, arrivalNs) -> receiving.datagram(way, port, data, from, arrivalNs)));
    }

    /** Without parity a stream is received all the same. */
    private void openParity(ReceptionPlan.Path planned, Reception receiving, int way) {
        for (ReceiverSettings settings : planned.parity()) {
            try {
                parity.add(open(settings, receiving, way, Port.PARITY));
            } catch (MulticastException e) {
                LOG.info("no parity path={} address={} cause=\"{}\"", path, settings, e.getMessage());
            }
        }
    }

    /** How many ways there are. */
    int ways() {
        return media.size();
    }

    Open way(int index) {
        return media.get(index);
    }

    /** What the kernel knew of a way's socket when it was looked at last. */
    Optional<ReceiverStats> stats(int way) {
        return way < stats.size() ? stats.get(way) : Optional.empty();
    }

    /** @param control may read files */
    void look(Executor control) {
        List<Open> now = List.copyOf(media);
        control.execute(() -> {
            List<Optional<ReceiverStats>> found =
                    now.stream().map(open -> Optional.of(open.socket().stats())).toList();
            loop.execute(() -> stats = found);
        });
    }

    void close() {
        media.forEach(open -> open.socket().close());
        parity.forEach(open -> open.socket().close());
        media.clear();
        parity.clear();
    }
}

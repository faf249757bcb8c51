package lancaster.receiver;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import lancaster.runloop.RunLoop;
import lancaster.stream.StreamPath;
import lancaster.stream.StreamRegistry;
import lancaster.stream.StreamSettings;

/** All streams that come in by themselves. From any thread. */
public final class Receivers implements AutoCloseable {
    private final Receiver.Context context;
    private final Map<String, Receiver> receivers = new ConcurrentHashMap<>();

    /**
     * @param loop the multicast loop
     * @param control may read files
     * @param news is told what people want to know, on the loop
     */
    public Receivers(
            RunLoop loop,
            Sockets sockets,
            StreamRegistry streams,
            Executor control,
            InstantSource clock,
            Consumer<ReceiverNews> news) {
        this.context = new Receiver.Context(
                loop,
                sockets,
                new ReceptionPlanner(new SessionLoader(control)),
                NetworkProbe::look,
                streams,
                control,
                clock,
                news);
    }

    /**
     * Receives a stream from now on.
     *
     * @param settings asked for whenever it is published
     */
    public void add(StreamPath path, SourceSettings source, Supplier<StreamSettings> settings) {
        Receiver receiver = new Receiver(path, source, settings, context);
        if (receivers.putIfAbsent(path.toString(), receiver) != null) {
            throw new IllegalStateException(path + " is received already");
        }
        context.loop().execute(receiver::start);
    }

    /** Receives a stream no longer, if it did. */
    public void remove(StreamPath path) {
        Receiver receiver = receivers.remove(path.toString());
        if (receiver != null) {
            receiver.close();
        }
    }

    public Optional<ReceptionStats> find(StreamPath path) {
        return Optional.ofNullable(receivers.get(path.toString())).map(Receiver::stats);
    }

    /** By path. */
    public List<ReceptionStats> all() {
        return new TreeMap<>(receivers).values().stream().map(Receiver::stats).toList();
    }

    @Override
    public void close() {
        receivers.values().forEach(Receiver::close);
        receivers.clear();
    }
}

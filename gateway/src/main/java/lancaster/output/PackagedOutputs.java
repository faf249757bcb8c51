package lancaster.output;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import lancaster.runloop.RunLoop;
import lancaster.stream.LiveStream;
import lancaster.stream.StreamListener;
import lancaster.stream.StreamPath;
import org.jspecify.annotations.Nullable;

/**
 * What goes out as files of one kind: each stream that comes gets an output, where that is configured and nobody has
 * stopped it. From any thread.
 *
 * @param <S> settings of an output
 */
abstract class PackagedOutputs<S, O extends PackagedOutput<S>> implements StreamListener, PackagingControl {
    /** A new output. */
    interface Maker<S, O> {
        /** @param onGone called when nothing is left of it */
        O make(LiveStream stream, S settings, RunLoop loop, Consumer<O> onGone);
    }

    private final Function<StreamPath, RunLoop> loops;
    private final Function<StreamPath, Optional<S>> configured;
    private final Maker<S, O> maker;
    private final Map<String, O> outputs = new ConcurrentHashMap<>();
    /** Streams whose output was stopped by hand. */
    private final Set<String> stopped = ConcurrentHashMap.newKeySet();

    PackagedOutputs(
            Function<StreamPath, RunLoop> loops, Function<StreamPath, Optional<S>> configured, Maker<S, O> maker) {
        this.loops = loops;
        this.configured = configured;
        this.maker = maker;
    }

    @Override
    public final void onCreated(LiveStream stream) {
        wanted(stream.path()).ifPresent(settings -> create(stream, settings));
    }

    private Optional<S> wanted(StreamPath path) {
        return stopped.contains(path.toString()) ? Optional.empty() : configured.apply(path);
    }

    private void create(LiveStream stream, S settings) {
        O output = maker.make(stream, settings, loops.apply(stream.path()), this::onGone);
        outputs.put(stream.path().toString(), output);
        output.packaging().start();
    }

    /** Something else is wanted for {@code stream}: nothing any more, the first output, or other settings. */
    public final void reconfigure(LiveStream stream) {
        loops.apply(stream.path()).execute(() -> renew(stream));
    }

    private void renew(LiveStream stream) {
        Optional<S> wanted = wanted(stream.path());
        O output = outputs.get(stream.path().toString());
        if (output != null && output.stream() == stream && !output.packaging().isStopped()) {
            wanted.ifPresentOrElse(output.packaging()::change, output.packaging()::stop);
        } else {
            wanted.ifPresent(settings -> create(stream, settings));
        }
    }

    @Override
    public final CompletableFuture<Void> stop(LiveStream stream) {
        stopped.add(stream.path().toString());
        return CompletableFuture.runAsync(() -> renew(stream), loops.apply(stream.path()));
    }

    @Override
    public final CompletableFuture<Boolean> start(LiveStream stream) {
        if (configured.apply(stream.path()).isEmpty()) {
            return CompletableFuture.completedFuture(false);
        }
        stopped.remove(stream.path().toString());
        return CompletableFuture.supplyAsync(
                () -> {
                    renew(stream);
                    return true;
                },
                loops.apply(stream.path()));
    }

    @Override
    public final State state(StreamPath path) {
        if (configured.apply(path).isEmpty()) {
            return State.OFF;
        }
        return stopped.contains(path.toString()) ? State.STOPPED : State.RUNNING;
    }

    public final Optional<O> find(StreamPath path) {
        return Optional.ofNullable(find(path.toString()));
    }

    /** What goes out of {@code APP/NAME}. */
    final @Nullable O find(String path) {
        return outputs.get(path);
    }

    /** A stream that ended may have a successor under its path by now. */
    private void onGone(O output) {
        outputs.remove(output.stream().path().toString(), output);
    }
}

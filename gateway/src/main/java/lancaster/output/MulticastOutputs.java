package lancaster.output;

import java.net.InetAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import lancaster.multicast.AddressClaims;
import lancaster.multicast.AddressPlan;
import lancaster.multicast.InterfaceChoice;
import lancaster.multicast.LocalInterface;
import lancaster.multicast.MulticastException;
import lancaster.multicast.MulticastGroup;
import lancaster.multicast.Pacer;
import lancaster.multicast.PacerStats;
import lancaster.output.MulticastOutputSettings.Leg;
import lancaster.runloop.RunLoop;
import lancaster.runloop.Timer;
import lancaster.stream.LiveStream;
import lancaster.stream.StreamListener;
import lancaster.stream.StreamPath;

/**
 * The IP multicast of all streams: each stream that comes gets an output as it is configured, or as it was changed since
 * the gateway started. May be used from any thread; the outputs live on the multicast loop.
 */
public final class MulticastOutputs implements StreamListener, AutoCloseable {
    /** Changes are kept for streams that come back; more than this nobody made by hand. */
    private static final int MAX_WISHES = 10_000;

    /** What somebody changed since the gateway started. */
    private record Wish(MulticastOutputSettings settings, boolean stopped) {}

    /** Makes new settings of the present ones. */
    public interface Change {
        /**
         * @param others what other streams send to; not to be kept
         * @throws IllegalArgumentException where they can't be; the message says why, a reason a line
         */
        MulticastOutputSettings apply(MulticastOutputSettings present, AddressClaims others);
    }

    private final MulticastHouse house;
    private final MulticastSessions sessions;
    private final Function<StreamPath, Optional<MulticastOutputSettings>> configured;
    private final Map<StreamPath, MulticastOutput> outputs = new ConcurrentHashMap<>();
    private final Map<StreamPath, Wish> wishes = new ConcurrentHashMap<>();
    /** Of the loop. */
    private Timer ticking = Timer.NONE;

    private volatile PacerStats pacing;

    /**
     * @param loop the multicast loop
     * @param claims what configured streams send to
     * @param configured how a stream goes out; empty: not at all
     * @param random for what RTP wants unguessable; safe for several threads
     */
    public MulticastOutputs(
            RunLoop loop,
            MulticastOutlets outlets,
            AddressPlan plan,
            AddressClaims claims,
            Function<StreamPath, Optional<MulticastOutputSettings>> configured,
            InstantSource clock,
            RandomGenerator random) {
        this.house = new MulticastHouse(loop, new Pacer(loop), outlets, plan, claims, clock, random);
        this.sessions = new MulticastSessions(clock);
        this.configured = configured;
        this.pacing = house.pacer().stats();
        loop.execute(this::tick);
    }

    @Override
    public void onCreated(LiveStream stream) {
        Optional<Wish> wish = wish(stream.path());
        if (wish.isPresent()) {
            create(stream, wish.get());
        }
    }

    private MulticastOutput create(LiveStream stream, Wish wish) {
        MulticastOutput output = new MulticastOutput(stream, wish.settings(), wish.stopped(), house, this::onGone);
        outputs.put(stream.path(), output);
        output.begin();
        return output;
    }

    /** What runs goes on to its end by itself. */
    @Override
    public void onEnded(LiveStream stream) {
        MulticastOutput output = outputs.get(stream.path());
        if (output != null && output.stream() == stream) {
            house.loop().execute(output::onStreamEnded);
        }
    }

    public Optional<MulticastOutput> find(StreamPath path) {
        return Optional.ofNullable(outputs.get(path));
    }

    /** By path. */
    public List<MulticastOutput> all() {
        return outputs.values().stream()
                .sorted(Comparator.comparing(output -> output.path().toString()))
                .toList();
    }

    /** What is sent, as session descriptions. */
    public MulticastSessions sessions() {
        return sessions;
    }

    /** How punctual all of them are, as of the last second. */
    public PacerStats pacing() {
        return pacing;
    }

    /** Starts the output of a live stream with changed settings. Empty: there is no such stream. */
    public CompletableFuture<Optional<MulticastOutputStats>> start(Optional<LiveStream> stream, Change change) {
        return settle(stream, change, Optional.of(false));
    }

    /** Changes the output; a stopped one stays stopped. */
    public CompletableFuture<Optional<MulticastOutputStats>> change(Optional<LiveStream> stream, Change change) {
        return settle(stream, change, Optional.empty());
    }

    public CompletableFuture<Optional<MulticastOutputStats>> stop(Optional<LiveStream> stream) {
        return settle(stream, (present, others) -> present, Optional.of(true));
    }

    /**
     * What would come of a change, which isn't made; for streams that aren't live too.
     *
     * @return fails as the change would
     */
    public CompletableFuture<MulticastProposal> propose(StreamPath path, Change change) {
        CompletableFuture<MulticastProposal> proposed = new CompletableFuture<>();
        house.loop().execute(() -> {
            try {
                MulticastOutputSettings present =
                        wish(path).map(Wish::settings).orElse(MulticastOutputSettings.DEFAULTS);
                MulticastOutputSettings wanted =
                        change.apply(present, house.claims().copy());
                PlannedSession planned = PlannedSession.of(wanted, path.toString(), house);
                List<String> refusals = new ArrayList<>();
                if (!planned.refusal().isEmpty()) {
                    refusals.add(planned.refusal());
                }
                interfaceProblem(wanted).ifPresent(problem -> refusals.add("interface: " + problem));
                List<String> warnings = planned.warnings().stream()
                        .filter(warning -> !planned.refusal().contains(warning))
                        .toList();
                proposed.complete(new MulticastProposal(planned.settings(), warnings, refusals));
            } catch (RuntimeException e) {
                proposed.completeExceptionally(e);
            }
        });
        return proposed;
    }

    /**
     * The configuration of some streams is another: it counts over what was changed before. Others go on as they are.
     *
     * @param plan from which streams get groups from now on that name none
     * @param before what configured streams sent to
     * @param after what they send to now
     * @param changed live streams that go out otherwise now, or not any more, or do now
     */
    public CompletableFuture<Void> reconfigure(
            AddressPlan plan, AddressClaims before, AddressClaims after, List<LiveStream> changed) {
        CompletableFuture<Void> settled = new CompletableFuture<>();
        house.loop().execute(() -> {
            try {
                boolean replanned = house.replan(plan);
                house.claims().change(before, after);
                changed.forEach(this::reconfigure);
                if (replanned) {
                    outputs.values().forEach(MulticastOutput::replan);
                }
                settled.complete(null);
            } catch (RuntimeException e) {
                settled.completeExceptionally(e);
            }
        });
        return settled;
    }

    private void reconfigure(LiveStream stream) {
        wishes.remove(stream.path());
        Optional<Wish> wish = wish(stream.path());
        MulticastOutput present = outputs.get(stream.path());
        boolean runs = present != null && present.stream() == stream;
        if (wish.isPresent() && present != null && runs) {
            present.change(wish.get().settings(), false);
        } else if (wish.isPresent()) {
            create(stream, wish.get());
        } else if (present != null && runs) {
            present.close();
            onGone(present);
        }
    }

    private CompletableFuture<Optional<MulticastOutputStats>> settle(
            Optional<LiveStream> stream, Change change, Optional<Boolean> stop) {
        CompletableFuture<Optional<MulticastOutputStats>> settled = new CompletableFuture<>();
        house.loop().execute(() -> {
            try {
                settled.complete(stream.map(live -> settleNow(live, change, stop)));
            } catch (RuntimeException e) {
                settled.completeExceptionally(e);
            }
        });
        return settled;
    }

    private MulticastOutputStats settleNow(LiveStream stream, Change change, Optional<Boolean> stop) {
        MulticastOutput present = outputs.get(stream.path());
        Wish old = wish(stream.path()).orElse(new Wish(MulticastOutputSettings.DEFAULTS, true));
        MulticastOutputSettings settings =
                change.apply(old.settings(), house.claims().copy());
        Wish wish = new Wish(settings, stop.orElse(old.stopped()));
        if (!wish.stopped()) {
            checkInterfaces(settings);
        }
        if (wishes.size() >= MAX_WISHES && !wishes.containsKey(stream.path())) {
            throw new IllegalArgumentException("more than " + MAX_WISHES + " streams have been changed");
        }
        wishes.put(stream.path(), wish);
        if (present == null || present.stream() != stream) {
            present = new MulticastOutput(stream, settings, wish.stopped(), house, this::onGone);
            outputs.put(stream.path(), present);
        }
        present.change(settings, wish.stopped());
        return present.stats();
    }

    /** Why nothing could leave by the interfaces that are named, for people; empty if all are there. */
    public static Optional<String> interfaceProblem(MulticastOutputSettings settings) {
        InetAddress any = AddressPlan.DEFAULT_RANGE.first();
        for (Leg leg : settings.legs()) {
            if (leg.interfaceName().isEmpty()) {
                continue;
            }
            try {
                var unused = InterfaceChoice.of(
                        leg.interfaceName().get(),
                        leg.source(),
                        leg.group().map(MulticastGroup::address).orElse(any));
            } catch (MulticastException e) {
                return Optional.of(String.valueOf(e.getMessage()));
            }
        }
        return Optional.empty();
    }

    /** Who asks now wants to hear it now; a configured interface may come later. */
    private static void checkInterfaces(MulticastOutputSettings settings) {
        if (!settings.hasInterfaces()) {
            throw new IllegalArgumentException(
                    "interface: names none, so nothing could be sent; there is " + LocalInterface.listText());
        }
        interfaceProblem(settings).ifPresent(problem -> {
            throw new IllegalArgumentException("interface: " + problem);
        });
    }

    private Optional<Wish> wish(StreamPath path) {
        Wish changed = wishes.get(path);
        return changed == null
                ? configured.apply(path).map(settings -> new Wish(settings, false))
                : Optional.of(changed);
    }

    /** A stream that ended may have a successor under its path by now. */
    private void onGone(MulticastOutput output) {
        if (outputs.remove(output.path(), output)) {
            // What is configured stays reserved.
            sessions.forget(output.path());
            String name = output.path().toString();
            house.claims().remove(name);
            wish(output.path()).ifPresent(wish -> house.claims().put(name, MulticastClaims.of(wish.settings())));
        }
    }

    private void tick() {
        ticking = house.loop().scheduleSecond(this::tick);
        outputs.values().forEach(MulticastOutput::tick);
        pacing = house.pacer().stats();
    }

    /** Nothing is sent any more. */
    @Override
    public void close() {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        house.loop().execute(() -> {
            ticking.cancel();
            outputs.values().forEach(MulticastOutput::close);
            closed.complete(null);
        });
        closed.join();
    }
}

package lancaster.output;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import lancaster.bytes.Bytes;
import lancaster.output.MulticastOutputStats.Way;
import lancaster.output.SapChannel.Place;
import lancaster.runloop.RunLoop;
import lancaster.runloop.Timer;
import lancaster.sap.SapPacket;
import lancaster.sap.SapSchedule;
import lancaster.stream.StreamPath;

/**
 * Announces the sessions that are sent (RFC 2974), each only on the interfaces that it is sent on, and takes them back when
 * they end. Looks once a second what there is. Owner: the multicast loop.
 */
public final class SapAnnouncer implements AutoCloseable {
    /** Deviation: §3.1 has 5 minutes, and nobody waits so long for a list. The limit of bandwidth is kept. */
    private static final SapSchedule SCHEDULE = new SapSchedule(Duration.ofSeconds(30));

    private static final long SECOND_NS = 1_000_000_000;
    /** A deletion may get lost like any datagram. */
    private static final int DELETIONS = 3;
    /** IP and UDP. */
    private static final int HEADERS_BYTES = 28;

    /** A session that is announced at its places, or taken back. */
    private static final class Announcement {
        final SapPacket packet;
        final Set<Place> places;
        long nextNs;
        int deletions;

        Announcement(SapPacket packet, Set<Place> places, long nextNs) {
            this.packet = packet;
            this.places = places;
            this.nextNs = nextNs;
        }

        boolean isSame(Announcement other) {
            return packet.equals(other.packet) && places.equals(other.places);
        }
    }

    private final RunLoop loop;
    private final MulticastOutlets outlets;
    private final Supplier<List<MulticastOutputStats>> outputs;
    private final MulticastSessions sessions;
    private final RandomGenerator random;
    private final Map<StreamPath, Announcement> announced = new HashMap<>();
    private final List<Announcement> ending = new ArrayList<>();
    private final Map<Place, SapChannel> channels = new HashMap<>();
    private Timer ticking = Timer.NONE;
    private boolean closed;

    /** @param random safe for several threads */
    public SapAnnouncer(RunLoop loop, MulticastOutlets outlets, MulticastOutputs outputs, RandomGenerator random) {
        this.loop = loop;
        this.outlets = outlets;
        this.outputs = () -> outputs.all().stream().map(MulticastOutput::stats).toList();
        this.sessions = outputs.sessions();
        this.random = random;
        loop.execute(this::tick);
    }

    private void tick() {
        if (closed) {
            return;
        }
        ticking = loop.scheduleSecond(this::tick);
        long nowNs = loop.nowNs();
        Set<StreamPath> present = new HashSet<>();
        for (MulticastOutputStats stats : outputs.get()) {
            present.add(stats.path());
            // What is tried again will be sent again, in the same way or another.
            if (stats.state() != MulticastOutputStats.State.RETRYING) {
                look(stats, nowNs);
            }
        }
        for (Iterator<Map.Entry<StreamPath, Announcement>> all =
                        announced.entrySet().iterator();
                all.hasNext(); ) {
            Map.Entry<StreamPath, Announcement> one = all.next();
            if (!present.contains(one.getKey())) {
                all.remove();
                takeBack(one.getValue(), nowNs);
            }
        }
        announced.values().stream().filter(one -> nowNs - one.nextNs >= 0).forEach(one -> announce(one, nowNs));
        ending.removeIf(one -> nowNs - one.nextNs >= 0 && delete(one, nowNs));
        closeUnused();
    }

    /** Announces, changes or takes back what an output sends. */
    private void look(MulticastOutputStats stats, long nowNs) {
        Announcement before = announced.get(stats.path());
        Optional<Announcement> wanted = stats.settings().sap() ? announcement(stats, nowNs) : Optional.empty();
        if (before != null && wanted.isPresent() && before.isSame(wanted.get())) {
            return;
        }
        if (before != null) {
            announced.remove(stats.path());
            takeBack(before, nowNs);
        }
        wanted.ifPresent(one -> announced.put(stats.path(), one));
    }

    private Optional<Announcement> announcement(MulticastOutputStats stats, long nowNs) {
        return sessions.description(stats).map(sdp -> {
            Set<Place> places = new HashSet<>();
            for (Way way : stats.ways()) {
                InetAddress group =
                        SapScope.group(way.leg().group().orElseThrow().address());
                places.add(new Place(
                        group,
                        way.interfaceName(),
                        way.source().orElseThrow(),
                        way.leg().ttl(),
                        stats.settings().loopback()));
            }
            byte[] origin = stats.ways().get(0).source().orElseThrow().getAddress();
            return new Announcement(SapPacket.announcement(Bytes.wrap(origin), sdp), places, nowNs);
        });
    }

    private void announce(Announcement one, long nowNs) {
        Bytes datagram = one.packet.bytes();
        int heard = 0;
        for (Place place : one.places) {
            SapChannel channel = channel(place);
            channel.send(datagram);
            heard = Math.max(heard, channel.heard(nowNs));
        }
        int all = heard + announced.size();
        one.nextNs = nowNs + SCHEDULE.nextNs(all, datagram.length() + HEADERS_BYTES, random);
    }

    private void takeBack(Announcement one, long nowNs) {
        one.nextNs = nowNs;
        one.deletions = DELETIONS;
        ending.add(one);
    }

    /** Whether that was the last time. */
    private boolean delete(Announcement one, long nowNs) {
        Bytes datagram = one.packet.deleted().bytes();
        one.places.forEach(place -> channel(place).send(datagram));
        one.nextNs = nowNs + SECOND_NS;
        return --one.deletions == 0;
    }

    private SapChannel channel(Place place) {
        return channels.computeIfAbsent(place, key -> new SapChannel(key, outlets, loop));
    }

    private void closeUnused() {
        Set<Place> used = new HashSet<>();
        announced.values().forEach(one -> used.addAll(one.places));
        ending.forEach(one -> used.addAll(one.places));
        channels.entrySet().removeIf(entry -> {
            boolean unused = !used.contains(entry.getKey());
            if (unused) {
                entry.getValue().close();
            }
            return unused;
        });
    }

    /** Takes all sessions back. */
    @Override
    public void close() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.execute(() -> {
            closed = true;
            ticking.cancel();
            long nowNs = loop.nowNs();
            announced.values().forEach(one -> takeBack(one, nowNs));
            announced.clear();
            while (!ending.isEmpty()) {
                ending.removeIf(one -> delete(one, nowNs));
            }
            channels.values().forEach(SapChannel::close);
            channels.clear();
            done.complete(null);
        });
        done.join();
    }
}

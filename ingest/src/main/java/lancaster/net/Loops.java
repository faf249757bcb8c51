package lancaster.net;

import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import lancaster.stream.StreamPath;

/**
 * The threads that connections and packaging run on. Publish loops own RTMP connections and the streams they make;
 * packaging loops own muxers, each stream's pinned to one. With two cores or fewer they are the same loops. What is timed
 * has one loop of its own, unless there is but one core: multicast senders and receivers, and
 * RTMFP.
 */
public final class Loops implements AutoCloseable {
    private static final int CORES_FOR_LOOPS_OF_THEIR_OWN = 3;
    /** On one core nothing runs beside the other; a thread of its own would only have to be woken for each frame. */
    private static final int CORES_FOR_TIMED = 2;

    private static final int CORES_PER_LOOP = 4;
    private static final long SHUTDOWN_TIMEOUT_MS = 2_000;

    private final Transport transport;
    private final Group publish;
    private final Group packaging;
    private final Group multicast;
    private final Group rtmfp;
    private final AtomicInteger turn = new AtomicInteger();

    /** Event loops and the run loops over them, in the same order. */
    private record Group(IoEventLoopGroup events, List<NettyRunLoop> loops) {
        static Group start(String name, int count, Transport transport) {
            return of(name, count, transport.ioHandlers(), loop -> Optional.empty());
        }

        /** Of loops that look at sockets when it is worth it. */
        static Group gathering(String name, int count, Transport transport) {
            GatheringIoHandler.Factory handlers = new GatheringIoHandler.Factory(transport.ioHandlers());
            return of(name, count, handlers, loop -> Optional.of(handlers.of(loop)));
        }

        private static Group of(
                String name,
                int count,
                IoHandlerFactory handlers,
                Function<EventLoop, Optional<GatheringIoHandler>> gathering) {
            IoEventLoopGroup events =
                    new MultiThreadIoEventLoopGroup(count, new DefaultThreadFactory(name, true), handlers);
            List<NettyRunLoop> loops = new ArrayList<>();
            for (EventExecutor eventLoop : events) {
                loops.add(new NettyRunLoop((EventLoop) eventLoop, gathering.apply((EventLoop) eventLoop)));
            }
            return new Group(events, List.copyOf(loops));
        }

        Future<?> stop() {
            return events.shutdownGracefully(0, SHUTDOWN_TIMEOUT_MS, TimeUnit.MILLISECONDS);
        }
    }

    private Loops(Transport transport, Group publish, Group packaging, Group multicast, Group rtmfp) {
        this.transport = transport;
        this.publish = publish;
        this.packaging = packaging;
        this.multicast = multicast;
        this.rtmfp = rtmfp;
    }

    /** As many loops as suit {@code cores}, on the best transport there is. */
    public static Loops start(int cores) {
        return start(cores, Transport.best());
    }

    public static Loops start(int cores, Transport transport) {
        int count = Math.max(1, cores / CORES_PER_LOOP);
        Group publish = Group.gathering("publish", count, transport);
        Group packaging = cores < CORES_FOR_LOOPS_OF_THEIR_OWN ? publish : Group.start("package", count, transport);
        Group multicast = cores < CORES_FOR_TIMED ? publish : Group.start("multicast", 1, transport);
        Group rtmfp = cores < CORES_FOR_TIMED ? publish : Group.start("rtmfp", 1, transport);
        return new Loops(transport, publish, packaging, multicast, rtmfp);
    }

    public Transport transport() {
        return transport;
    }

    /** The loops that accept and own connections, for the {@code *.net} rooms. */
    public IoEventLoopGroup publishGroup() {
        return publish.events;
    }

    /** The run loops over {@link #publishGroup}. */
    public List<NettyRunLoop> publishLoops() {
        return publish.loops;
    }

    /** One of the publish loops, in turn. */
    public NettyRunLoop publish() {
        return publish.loops.get(Math.floorMod(turn.getAndIncrement(), publish.loops.size()));
    }

    /** The publish loop of what a stream is sent on by, or fetched by: always the same. */
    public NettyRunLoop client(StreamPath path) {
        return publish.loops.get(Math.floorMod(path.hashCode(), publish.loops.size()));
    }

    /** The packaging loop of a stream, always the same. */
    public NettyRunLoop packaging(StreamPath path) {
        return packaging.loops.get(Math.floorMod(path.hashCode(), packaging.loops.size()));
    }

    /** The loop of multicast: senders, their pacing, announcements, reports, receivers. */
    public NettyRunLoop multicast() {
        return multicast.loops.get(0);
    }

    /** The loop of RTMFP: its port, all sessions and what is played in them. */
    public NettyRunLoop rtmfp() {
        return rtmfp.loops.get(0);
    }

    /** Every loop there is, by the name of its kind and its number in it. */
    public Map<String, NettyRunLoop> all() {
        Map<String, NettyRunLoop> all = new LinkedHashMap<>();
        name("publish", publish, all);
        if (!packaging.equals(publish)) {
            name("package", packaging, all);
        }
        if (!multicast.equals(publish)) {
            name("multicast", multicast, all);
        }
        if (!rtmfp.equals(publish)) {
            name("rtmfp", rtmfp, all);
        }
        return all;
    }

    private static void name(String kind, Group group, Map<String, NettyRunLoop> all) {
        for (int i = 0; i < group.loops.size(); i++) {
            all.put(kind + '-' + (i + 1), group.loops.get(i));
        }
    }

    /** Stops all loops; whatever still waits on them is dropped. */
    @Override
    public void close() {
        List<Future<?>> ends = List.of(publish.stop(), packaging.stop(), multicast.stop(), rtmfp.stop());
        ends.forEach(end -> end.awaitUninterruptibly(2 * SHUTDOWN_TIMEOUT_MS));
    }
}

package lancaster.output;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import lancaster.rtmp.play.PlayMeters;

/**
 * Who watches streams, and how much they were sent. Over HTTP players of lists of files come and go with every
 * request: one counts while it asks. Bounded, whoever asks for what. From any thread.
 */
public final class Audience {
    /** Players of segments of up to this long ask more often. */
    static final int PATIENCE_S = 15;

    static final int MAX_STREAMS = 2_000;
    static final int MAX_VIEWERS = 20_000;
    /** How long a stream is remembered that nobody asks for. */
    private static final int MEMORY_S = 3_600;

    private static final class Crowd {
        /** When each viewer asked last, in seconds. */
        final Map<Long, Long> askedS = new ConcurrentHashMap<>();

        final AtomicLong bytes = new AtomicLong();
        final AtomicInteger connected = new AtomicInteger();
        volatile long lastS;

        Crowd(long nowS) {
            lastS = nowS;
        }
    }

    private final InstantSource clock;
    private final PlayMeters players = new PlayMeters();
    private final Map<String, Crowd> crowds = new ConcurrentHashMap<>();

    public Audience(InstantSource clock) {
        this.clock = clock;
    }

    /** Who plays over RTMP and its kin. */
    public PlayMeters players() {
        return players;
    }

    /**
     * Somebody asks for a part of {@code stream}, which exists.
     *
     * @param address where from; a network that shares one address is told apart by {@code agent} alone
     * @param agent what the player says that it is
     */
    public void asked(String stream, String address, String agent) {
        Crowd crowd = crowd(stream);
        Long now = nowS();
        crowd.lastS = now;
        Long viewer = ((long) address.hashCode() << 32) ^ (agent.hashCode() & 0xffff_ffffL);
        Long before = crowd.askedS.get(viewer);
        if (before == null ? crowd.askedS.size() < MAX_VIEWERS : !before.equals(now)) {
            crowd.askedS.put(viewer, now);
        }
    }

    /** Somebody stays connected, until what is given back is run; once. */
    public Runnable joined(String stream) {
        Crowd crowd = crowd(stream);
        crowd.lastS = nowS();
        crowd.connected.incrementAndGet();
        return () -> {
            crowd.lastS = nowS();
            crowd.connected.decrementAndGet();
        };
    }

    /** So many bytes of {@code stream} are on their way. */
    public void sent(String stream, long bytes) {
        crowd(stream).bytes.addAndGet(bytes);
    }

    /** Who watches over HTTP. */
    public int viewers(String stream) {
        Crowd crowd = crowds.get(stream);
        if (crowd == null) {
            return 0;
        }
        long since = nowS() - PATIENCE_S;
        crowd.askedS.values().removeIf(asked -> asked < since);
        return crowd.askedS.size() + crowd.connected.get();
    }

    /** What {@code stream} sent over HTTP, since somebody first asked for it. */
    public long bytes(String stream) {
        Crowd crowd = crowds.get(stream);
        return crowd == null ? 0 : crowd.bytes.get();
    }

    private Crowd crowd(String stream) {
        Crowd known = crowds.get(stream);
        if (known != null) {
            return known;
        }
        long now = nowS();
        if (crowds.size() >= MAX_STREAMS) {
            crowds.values().removeIf(crowd -> crowd.connected.get() == 0 && crowd.lastS < now - MEMORY_S);
        }
        // One too many is counted, but not kept.
        return crowds.size() < MAX_STREAMS ? crowds.computeIfAbsent(stream, name -> new Crowd(now)) : new Crowd(now);
    }

    private long nowS() {
        return clock.millis() / 1_000;
    }
}

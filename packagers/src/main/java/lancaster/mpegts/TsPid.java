package lancaster.mpegts;

import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Scope;
import lancaster.media.Track;

/** A packet identifier and its continuity counter (§2.4.3.3), which counts packets with payload. */
final class TsPid {
    /** Continuity counters have 4 bits. */
    static final int COUNTER_CYCLE = 16;

    /** PIDs of video tracks count up from here, those of audio tracks from {@link #AUDIO}. */
    private static final int VIDEO = 0x100;

    private static final int AUDIO = 0x110;
    private static final int MAX_TRACKS_OF_A_KIND = AUDIO - VIDEO;

    private final int pid;
    private int packets;

    TsPid(int pid) {
        this.pid = pid;
    }

    /** Of a track, always the same. */
    static TsPid of(Track track) {
        int base = track.isVideo() ? VIDEO : AUDIO;
        int number = track.id() - (track.isVideo() ? Track.VIDEO : Track.AUDIO);
        if (number >= MAX_TRACKS_OF_A_KIND) {
            throw ProtocolException.limit(Scope.STREAM, "mpegts", "track number " + number);
        }
        return new TsPid(base + number);
    }

    int pid() {
        return pid;
    }

    /** The counter of the next packet with payload; only its low 4 bits travel. */
    int count() {
        return packets++;
    }

    /** The counter of a packet without payload: that of the packet before. */
    int lastCount() {
        return packets - 1;
    }

    boolean isFresh() {
        return packets == 0;
    }

    /** How many packets beyond {@code more} ones bring the counter back to 0. */
    int missingToCycle(int more) {
        return Math.floorMod(-(packets + more), COUNTER_CYCLE);
    }

    void restart() {
        packets = 0;
    }
}

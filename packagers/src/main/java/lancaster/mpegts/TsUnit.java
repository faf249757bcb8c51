package lancaster.mpegts;

import lancaster.media.AccessUnit;
import lancaster.media.Track;

/** An access unit that waits to leave as TS packets, with what makes a PES packet of it. */
public final class TsUnit {
    private final AccessUnit unit;
    private final PesPacket source;
    private final PesCutter cutter;
    private final int bytes;

    TsUnit(AccessUnit unit, PesPacket source, PesCutter cutter, int bytes) {
        this.unit = unit;
        this.source = source;
        this.cutter = cutter;
        this.bytes = bytes;
    }

    public int trackId() {
        return unit.trackId();
    }

    public boolean isVideo() {
        return unit.trackId() < Track.AUDIO;
    }

    public long dts90k() {
        return unit.dts90k();
    }

    public boolean randomAccess() {
        return unit.randomAccess();
    }

    /** Its PES packet. */
    public int bytes() {
        return bytes;
    }

    /** TS packets that it fills, clock references not counted. */
    public int packets() {
        return PesCutter.packets(bytes, unit.randomAccess());
    }

    /** It begins to leave. */
    void begin() {
        source.begin(unit);
        cutter.begin(source, unit.randomAccess());
    }

    PesCutter cutter() {
        return cutter;
    }
}

package lancaster.mpegts.demux;

import lancaster.mpegts.demux.TsDemuxerStats.Use;
import org.jspecify.annotations.Nullable;

/** An elementary stream of the program that is read. */
final class ProgramStream {
    private final ProgramMap.Stream listed;
    private final StreamKind kind;
    private final Use use;
    private final FaultCounters faults;
    private final @Nullable PesReader pes;
    private final Continuity continuity = new Continuity();
    private long packets;
    private long lostPackets;

    /** One that is no track. */
    ProgramStream(ProgramMap.Stream listed, StreamKind kind, Use use, FaultCounters faults) {
        this(listed, kind, use, faults, null);
    }

    ProgramStream(ProgramMap.Stream listed, StreamKind kind, Use use, FaultCounters faults, @Nullable PesReader pes) {
        this.listed = listed;
        this.kind = kind;
        this.use = use;
        this.faults = faults;
        this.pes = pes;
    }

    int pid() {
        return listed.pid();
    }

    Use use() {
        return use;
    }

    StreamKind kind() {
        return kind;
    }

    /** Whether {@code other} is the same stream, listed once more. */
    boolean isSame(ProgramMap.Stream other, Use otherUse) {
        return listed.pid() == other.pid()
                && use == otherUse
                && kind.equals(StreamKind.of(other))
                && listed.streamType() == other.streamType();
    }

    long lostPackets() {
        return lostPackets;
    }

    long accessUnits() {
        return pes == null ? 0 : pes.stream().accessUnits();
    }

    TsDemuxerStats.Stream stats() {
        return new TsDemuxerStats.Stream(listed.pid(), listed.streamType(), kind.name(), use, packets);
    }

    void packet(TsPacketHeader packet, byte[] array) {
        packets++;
        if (pes == null) {
            return;
        }
        switch (continuity.check(packet)) {
            case NEXT -> {}
            case DUPLICATE -> {
                return;
            }
            case GAP -> {
                faults.count(TsFault.CONTINUITY);
                lostPackets += continuity.missing();
                pes.damaged();
            }
            case RESTART -> pes.damaged();
        }
        if (packet.scrambled()) {
            faults.count(TsFault.SCRAMBLED);
            pes.damaged();
        } else if (packet.hasPayload()) {
            pes.payload(packet, array);
        }
    }

    /** What comes is another sender's, or the same one's after a pause. */
    void restart() {
        continuity.restart();
        if (pes != null) {
            pes.damaged();
        }
    }

    void flush() {
        if (pes != null) {
            pes.flush();
        }
    }
}

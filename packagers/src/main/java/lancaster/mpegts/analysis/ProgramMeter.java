package lancaster.mpegts.analysis;

import java.util.List;
import java.util.Optional;
import lancaster.bytes.Bytes;
import lancaster.mpegts.demux.ProgramAssociation;
import lancaster.mpegts.demux.ProgramMap;
import lancaster.mpegts.demux.SectionAssembler;
import lancaster.mpegts.demux.SectionListener;
import lancaster.mpegts.demux.TsPacketHeader;

/** Watches one program: its map and its clock. */
final class ProgramMeter {
    private static final long MAP_LIMIT_NS = 500_000_000;

    private final ProgramAssociation.Program program;
    private final SectionAssembler sections;
    private final IntervalMeter maps = new IntervalMeter(MAP_LIMIT_NS);
    private PcrMeter clock = new PcrMeter();
    private Optional<ProgramMap> map = Optional.empty();

    /** @param listener of the sections on the map's PID */
    ProgramMeter(ProgramAssociation.Program program, SectionListener listener, long nowNs) {
        this.program = program;
        this.sections = new SectionAssembler(SectionAssembler.PSI_LIMIT_BYTES, listener);
        maps.begin(nowNs);
    }

    int number() {
        return program.number();
    }

    int mapPid() {
        return program.pid();
    }

    int pcrPid() {
        return map.map(ProgramMap::pcrPid).orElse(TsPacketHeader.NULL_PID);
    }

    PcrMeter clock() {
        return clock;
    }

    SectionAssembler sections() {
        return sections;
    }

    List<ProgramMap.Stream> streams() {
        return map.map(ProgramMap::streams).orElse(List.of());
    }

    /** A section on the map's PID; whether the program is another one from here on. */
    boolean onSection(Bytes section, long nowNs) {
        Optional<ProgramMap> read =
                ProgramMap.parse(section).filter(each -> each.current() && each.program() == program.number());
        if (read.isEmpty()) {
            return false;
        }
        maps.event(nowNs);
        if (read.equals(map)) {
            return false;
        }
        if (read.get().pcrPid() != pcrPid()) {
            clock = new PcrMeter();
        }
        map = read;
        return true;
    }

    void onTime(long nowNs) {
        maps.onTime(nowNs);
        if (clock.isHeard()) {
            clock.onTime(nowNs);
        }
    }

    long mapErrors() {
        return maps.errors();
    }

    ProgramReport report() {
        return new ProgramReport(
                program.number(),
                program.pid(),
                pcrPid(),
                streams(),
                maps.maxNs(),
                clock.isHeard() ? Optional.of(clock.report()) : Optional.empty());
    }
}

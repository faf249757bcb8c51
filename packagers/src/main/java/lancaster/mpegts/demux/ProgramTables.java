package lancaster.mpegts.demux;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import lancaster.bytes.Bytes;

/** Follows program association and program map, and says which program is read and what it consists of. */
final class ProgramTables {
    /** Sections of the association; each may list 253 programs. */
    private static final int MAX_SECTIONS = 8;
    /** PIDs below are for tables (Table 2-3, and DVB's). */
    private static final int FIRST_FREE_PID = 0x20;

    private static final int NO_PID = -1;

    /** Hears of changes. */
    interface Listener {
        /** The program's map is another one from here on; it has no stream where the program is gone. */
        void onProgram(List<ProgramMap.Stream> streams);
    }

    private final OptionalInt wanted;
    private final FaultCounters faults;
    private final Listener listener;
    private final Map<Integer, List<ProgramAssociation.Program>> association = new TreeMap<>();
    private final SectionAssembler associationSections;
    private SectionAssembler mapSections;

    private int associationVersion = -1;
    private Optional<ProgramAssociation.Program> program = Optional.empty();
    private Bytes mapBody = Bytes.EMPTY;

    ProgramTables(OptionalInt wanted, FaultCounters faults, Listener listener) {
        this.wanted = wanted;
        this.faults = faults;
        this.listener = listener;
        this.associationSections = sections(this::onAssociation);
        this.mapSections = sections(this::onMap);
    }

    /** The PID of the program's map; -1 while it isn't known. */
    int mapPid() {
        return program.map(ProgramAssociation.Program::pid).orElse(NO_PID);
    }

    OptionalInt program() {
        return program.isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of(program.get().number());
    }

    int programs() {
        return association.values().stream().mapToInt(List::size).sum();
    }

    /** Where the sections of a PID go; empty if it has none of interest. */
    Optional<SectionAssembler> sections(int pid) {
        if (pid == ProgramAssociation.PID) {
            return Optional.of(associationSections);
        }
        return pid == mapPid() ? Optional.of(mapSections) : Optional.empty();
    }

    /** Whether an elementary stream may have this PID. */
    boolean isFree(int pid) {
        return pid >= FIRST_FREE_PID && pid != TsPacketHeader.NULL_PID && pid != mapPid();
    }

    private SectionAssembler sections(java.util.function.Consumer<Bytes> reader) {
        return new SectionAssembler(SectionAssembler.PSI_LIMIT_BYTES, new SectionListener() {
            @Override
            public void onSection(Bytes section) {
                reader.accept(section);
            }

            @Override
            public void onFault(TsFault fault) {
                faults.count(fault);
            }
        });
    }

    private void onAssociation(Bytes section) {
        Optional<ProgramAssociation> parsed = ProgramAssociation.parse(section);
        if (parsed.isEmpty()) {
            faults.count(TsFault.BAD_SECTION);
            return;
        }
        ProgramAssociation table = parsed.get();
        if (!table.current()) {
            return;
        }
        if (table.sectionNumber() >= MAX_SECTIONS) {
            faults.count(TsFault.TABLE_TOO_LARGE);
            return;
        }
        if (table.version() != associationVersion) {
            association.clear();
            associationVersion = table.version();
        }
        if (table.programs().equals(association.put(table.sectionNumber(), table.programs()))) {
            return;
        }
        boolean complete = association.size() > Math.min(table.lastSectionNumber(), MAX_SECTIONS - 1);
        Optional<ProgramAssociation.Program> found = choose();
        if (found.isPresent() || complete) {
            become(found);
        }
    }

    /** The wanted program, else the one that is read already, else the first. */
    private Optional<ProgramAssociation.Program> choose() {
        List<ProgramAssociation.Program> all = new ArrayList<>();
        association.values().forEach(all::addAll);
        OptionalInt number = wanted.isPresent() ? wanted : program();
        Optional<ProgramAssociation.Program> same = all.stream()
                .filter(each -> number.isPresent() && each.number() == number.getAsInt())
                .findFirst();
        return same.isPresent() || wanted.isPresent() ? same : all.stream().findFirst();
    }

    private void become(Optional<ProgramAssociation.Program> next) {
        if (next.equals(program)) {
            return;
        }
        boolean another =
                !next.map(ProgramAssociation.Program::number).equals(program.map(ProgramAssociation.Program::number));
        program = next;
        mapSections = sections(this::onMap);
        if (another) {
            mapBody = Bytes.EMPTY;
            listener.onProgram(List.of());
        }
    }

    private void onMap(Bytes section) {
        Optional<ProgramMap> parsed = ProgramMap.parse(section);
        if (parsed.isEmpty()) {
            // Other tables may share the PID (§2.4.4.4).
            if (section.u8(0) == ProgramMap.TABLE_ID) {
                faults.count(TsFault.BAD_SECTION);
            }
            return;
        }
        ProgramMap map = parsed.get();
        boolean ours = program().isPresent() && program().getAsInt() == map.program();
        // Equal content is the same program, whatever the version says: some multiplexers count it up for nothing.
        Bytes body = section.slice(SectionHead.SIZE, section.length() - SectionHead.SIZE - SectionHead.CRC_SIZE);
        if (ours && map.current() && !body.equals(mapBody)) {
            mapBody = body;
            listener.onProgram(map.streams());
        }
    }
}

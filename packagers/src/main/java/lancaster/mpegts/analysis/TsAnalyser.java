package lancaster.mpegts.analysis;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import lancaster.bytes.Bytes;
import lancaster.mpegts.demux.ProgramAssociation;
import lancaster.mpegts.demux.ProgramMap;
import lancaster.mpegts.demux.SectionAssembler;
import lancaster.mpegts.demux.SectionListener;
import lancaster.mpegts.demux.StreamKind;
import lancaster.mpegts.demux.TsFault;
import lancaster.mpegts.demux.TsFramer;
import lancaster.mpegts.demux.TsPacketHeader;
import lancaster.mpegts.demux.TsPacketSink;

/**
 * Measures a transport stream as it comes (TR 101 290, RFC 4445) and hands its packets on. Give it each datagram's
 * payload with the time of its arrival, and the time now and then, so that what doesn't come is noticed. Owner: the loop
 * that receives.
 */
public final class TsAnalyser {
    private static final long SECOND_NS = 1_000_000_000;
    private static final long ASSOCIATION_LIMIT_NS = 500_000_000;
    /** Programs of a stream that are looked at; real ones have up to some forty. */
    private static final int MAX_PROGRAMS = 64;

    private static final int CAT_TABLE_ID = 1;

    private final TsPacketSink next;
    private final TsFramer framer = new TsFramer(this::onPacket);
    private final TsPacketHeader packet = new TsPacketHeader();
    private final PidMeters pids = new PidMeters();
    private final Map<Integer, ProgramMeter> programs = new TreeMap<>();
    private final Map<Integer, SectionAssembler> tables = new TreeMap<>();
    private final IntervalMeter associations = new IntervalMeter(ASSOCIATION_LIMIT_NS);
    private final RateMeter rate = new RateMeter();
    private final DeliveryMeter delivery = new DeliveryMeter();

    private boolean begun;
    private long nextSecondNs;
    private long nowNs;
    private long datagrams;
    private int datagramBytes;
    private long associationFaults;
    private long mapFaults;
    private long transportErrors;
    private long crcErrors;
    private long gonePrograms;
    private long gonePcrRepetition;
    private long gonePcrDiscontinuity;
    private boolean accessTable;
    private boolean scrambledWithout;

    public TsAnalyser() {
        this((array, offset) -> {});
    }

    /** @param next gets each packet when it has been measured */
    public TsAnalyser(TsPacketSink next) {
        this.next = next;
        tables.put(ProgramAssociation.PID, sections(SectionAssembler.PSI_LIMIT_BYTES, this::onAssociation));
        tables.put(PidNames.CAT, sections(SectionAssembler.PSI_LIMIT_BYTES, this::onAccess));
        tables.put(PidNames.NIT, sections(SectionAssembler.PSI_LIMIT_BYTES, section -> {}));
        tables.put(PidNames.SDT, sections(SectionAssembler.PSI_LIMIT_BYTES, section -> {}));
    }

    /** The payload of a datagram, without an RTP header. */
    public void datagram(byte[] array, int offset, int length, long arrivalNs) {
        onTime(arrivalNs);
        delivery.onTime(arrivalNs);
        datagrams++;
        datagramBytes = 0;
        rate.add(length);
        framer.datagram(array, offset, length);
        delivery.datagram(length, arrivalNs);
    }

    /** Time goes on: notices what doesn't come. */
    public void onTime(long timeNs) {
        nowNs = timeNs;
        if (!begun) {
            begun = true;
            nextSecondNs = timeNs + SECOND_NS;
            associations.begin(timeNs);
        }
        if (timeNs - nextSecondNs < 0) {
            return;
        }
        if (timeNs - nextSecondNs > SECOND_NS) {
            // Nobody told the time for long: the seconds between are one.
            nextSecondNs = timeNs;
        }
        nextSecondNs += SECOND_NS;
        second();
    }

    private void second() {
        rate.tick();
        associations.onTime(nowNs);
        delivery.onTime(nowNs);
        programs.values().forEach(program -> program.onTime(nowNs));
        pids.second(nowNs);
    }

    public TsReport report() {
        return new TsReport(
                datagrams,
                framer.stats(),
                rate.bitsPerSecond(),
                rate.averageBitsPerSecond(),
                errors(),
                associations.maxNs(),
                programs.values().stream().map(ProgramMeter::report).toList(),
                pids.reports((pid, meter) -> PidNames.of(pid, meter, programs.values())),
                delivery.report());
    }

    private TsErrors errors() {
        long maps = mapFaults + gonePrograms;
        long repetition = gonePcrRepetition;
        long discontinuity = gonePcrDiscontinuity;
        for (ProgramMeter program : programs.values()) {
            maps += program.mapErrors();
            repetition += program.clock().repetitionErrors();
            discontinuity += program.clock().discontinuityErrors();
        }
        return new TsErrors(
                framer.stats().syncLosses(),
                framer.stats().syncByteErrors(),
                associations.errors() + associationFaults,
                pids.sum(PidMeter::continuityErrors),
                maps,
                pids.sum(PidMeter::presenceErrors),
                transportErrors,
                crcErrors,
                repetition,
                discontinuity,
                pids.sum(PidMeter::timestampErrors),
                scrambledWithout ? 1 : 0);
    }

    private void onPacket(byte[] array, int offset) {
        if (packet.read(array, offset)) {
            if (packet.transportError()) {
                transportErrors++;
            } else {
                measure(array);
            }
        }
        datagramBytes += TsPacketHeader.SIZE;
        next.onPacket(array, offset);
    }

    private void measure(byte[] array) {
        int pid = packet.pid();
        int missing = pids.of(pid).packet(packet, array, nowNs);
        if (missing > 0) {
            delivery.lost(missing);
        }
        if (packet.scrambled() && !accessTable) {
            scrambledWithout = true;
        }
        if (packet.hasPcr()) {
            clock(pid);
        }
        SectionAssembler assembler = tables.get(pid);
        if (assembler == null) {
            return;
        }
        if (missing > 0) {
            assembler.drop();
        }
        if (!packet.scrambled()) {
            assembler.payload(array, packet.payloadOffset(), packet.payloadLength(), packet.unitStart());
        } else if (pid == ProgramAssociation.PID) {
            associationFaults++;
        } else if (pid > PidNames.SDT) {
            mapFaults++;
        }
    }

    private void clock(int pid) {
        boolean first = true;
        for (ProgramMeter program : programs.values()) {
            if (program.pcrPid() == pid) {
                program.clock().sample(packet.pcr27M(), nowNs, packet.discontinuity());
                if (first) {
                    delivery.pcr(packet.pcr27M(), datagramBytes);
                }
            }
            first = false;
        }
    }

    private void onAccess(Bytes section) {
        accessTable |= section.u8(0) == CAT_TABLE_ID;
    }

    private void onAssociation(Bytes section) {
        Optional<ProgramAssociation> read = ProgramAssociation.parse(section);
        if (read.isEmpty()) {
            associationFaults++;
            return;
        }
        associations.event(nowNs);
        ProgramAssociation table = read.get();
        if (!table.current()) {
            return;
        }
        if (table.lastSectionNumber() == 0) {
            List<Integer> listed = table.programs().stream()
                    .map(ProgramAssociation.Program::number)
                    .toList();
            programs.values().stream()
                    .filter(program -> !listed.contains(program.number()))
                    .toList()
                    .forEach(this::remove);
        }
        for (ProgramAssociation.Program program : table.programs()) {
            ProgramMeter present = programs.get(program.number());
            if (present != null && present.mapPid() != program.pid()) {
                remove(present);
                present = null;
            }
            if (present == null && programs.size() < MAX_PROGRAMS && program.pid() > PidNames.SDT) {
                add(program);
            }
        }
    }

    private void add(ProgramAssociation.Program program) {
        ProgramMeter meter = new ProgramMeter(program, listener(section -> onMap(program.pid(), section)), nowNs);
        programs.put(program.number(), meter);
        tables.put(program.pid(), meter.sections());
    }

    private void remove(ProgramMeter program) {
        programs.remove(program.number());
        boolean shared = programs.values().stream().anyMatch(each -> each.mapPid() == program.mapPid());
        if (!shared) {
            tables.remove(program.mapPid());
        }
        gonePrograms += program.mapErrors();
        gonePcrRepetition += program.clock().repetitionErrors();
        gonePcrDiscontinuity += program.clock().discontinuityErrors();
        refer();
    }

    /** Several programs may have their maps on one PID. */
    private void onMap(int pid, Bytes section) {
        for (ProgramMeter program : programs.values()) {
            if (program.mapPid() == pid && program.onSection(section, nowNs)) {
                refer();
            }
        }
    }

    /** Tells each PID whether a program lists it. */
    private void refer() {
        Map<Integer, StreamKind> listed = programs.values().stream()
                .flatMap(program -> program.streams().stream())
                .collect(Collectors.toMap(ProgramMap.Stream::pid, StreamKind::of, (first, second) -> first));
        pids.refer(listed, nowNs);
    }

    private SectionAssembler sections(int limitBytes, Consumer<Bytes> reader) {
        return new SectionAssembler(limitBytes, listener(reader));
    }

    private SectionListener listener(Consumer<Bytes> reader) {
        return new SectionListener() {
            @Override
            public void onSection(Bytes section) {
                reader.accept(section);
            }

            @Override
            public void onFault(TsFault fault) {
                crcErrors += fault == TsFault.SECTION_CRC ? 1 : 0;
            }
        };
    }
}

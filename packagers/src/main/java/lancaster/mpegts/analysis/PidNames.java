package lancaster.mpegts.analysis;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import lancaster.mpegts.demux.ProgramAssociation;
import lancaster.mpegts.demux.TsPacketHeader;

/** What a PID carries, for people: by the programs' maps, or by itself (ISO 13818-1 table 2-3; EN 300 468 table 1). */
final class PidNames {
    static final int CAT = 1;
    static final int NIT = 0x10;
    static final int SDT = 0x11;
    private static final int EIT = 0x12;
    private static final int TDT = 0x14;

    private PidNames() {}

    static String of(int pid, PidMeter meter, Collection<ProgramMeter> programs) {
        if (meter.kind().isPresent()) {
            return meter.kind().get().name();
        }
        List<ProgramMeter> mapped =
                programs.stream().filter(program -> program.mapPid() == pid).toList();
        if (!mapped.isEmpty()) {
            return "PMT of program "
                    + mapped.stream()
                            .map(program -> Integer.toString(program.number()))
                            .collect(Collectors.joining(", "));
        }
        if (programs.stream().anyMatch(program -> program.pcrPid() == pid)) {
            return "PCR";
        }
        return switch (pid) {
            case ProgramAssociation.PID -> "PAT";
            case CAT -> "CAT";
            case NIT -> "NIT";
            case SDT -> "SDT";
            case EIT -> "EIT";
            case TDT -> "TDT";
            case TsPacketHeader.NULL_PID -> "null packets";
            default -> "not in any table";
        };
    }
}

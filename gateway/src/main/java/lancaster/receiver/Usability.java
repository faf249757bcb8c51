package lancaster.receiver;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import lancaster.mpegts.analysis.ProgramReport;
import lancaster.mpegts.demux.TsDemuxerStats;
import lancaster.mpegts.demux.TsDemuxerStats.Use;
import lancaster.mpegts.demux.TsFault;

/** Says why nothing can be made of datagrams that come. */
final class Usability {
    private static final String CARRIED = "H.264 and AAC are carried";

    /**
     * What is known of a stream that gives nothing.
     *
     * @param from the last sender, for people
     * @param foreignPayloadType of the last RTP packet that was not taken; -1: there was none
     * @param configured how many tracks have their configuration
     */
    record Findings(
            String from,
            int foreignPayloadType,
            TsDemuxerStats program,
            List<ProgramReport> programs,
            int configured) {}

    private Usability() {}

    /** A sentence for people, without a full stop. */
    static String reason(Findings seen) {
        TsDemuxerStats program = seen.program();
        if (program.packets() == 0) {
            return seen.foreignPayloadType() >= 0
                    ? "what comes from " + seen.from() + " is RTP of payload type " + seen.foreignPayloadType()
                            + ", not MPEG-TS (33)"
                    : "what comes from " + seen.from() + " is no MPEG-TS";
        }
        if (program.program().isEmpty()) {
            return program.programs() == 0
                    ? "the transport stream has no program association table (PAT)"
                    : "the transport stream doesn't have the program that is asked for; it has "
                            + seen.programs().stream()
                                    .map(one -> Integer.toString(one.number()))
                                    .collect(Collectors.joining(", "));
        }
        String name = "program " + program.program().getAsInt();
        if (program.streams().isEmpty()) {
            return "the map (PMT) of " + name + " doesn't come";
        }
        List<TsDemuxerStats.Stream> tracks =
                program.streams().stream().filter(one -> one.use() == Use.TRACK).toList();
        if (tracks.isEmpty()) {
            return name + " consists of " + names(program.streams()) + "; " + CARRIED;
        }
        if (program.faults().count(TsFault.SCRAMBLED) > 0 && seen.configured() == 0) {
            return name + " is encrypted";
        }
        if (tracks.stream().allMatch(one -> one.packets() == 0)) {
            return "of " + name + " the tables come, but not " + names(tracks);
        }
        return seen.configured() == 0
                ? "of " + name + " no random access point comes: a key frame with its parameter sets"
                : name + " gives nothing any more";
    }

    /** What of the program is left out, for people; empty: nothing that anyone would see or hear. */
    static Optional<String> leftOut(TsDemuxerStats program) {
        List<TsDemuxerStats.Stream> out = program.streams().stream()
                .filter(one -> one.use() == Use.UNSUPPORTED || one.use() == Use.FURTHER_TRACK)
                .toList();
        return out.isEmpty() ? Optional.empty() : Optional.of(names(out));
    }

    private static String names(List<TsDemuxerStats.Stream> streams) {
        return streams.stream()
                .map(one -> String.format("%s on PID 0x%x", one.name(), one.pid()))
                .collect(Collectors.joining(", "));
    }
}

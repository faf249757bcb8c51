package lancaster.mpegts.demux;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lancaster.bytes.Bytes;

/**
 * A section of the program association table (§2.4.4.3).
 *
 * @param current whether it is valid already
 * @param programs in the order of the section, without the network information
 */
public record ProgramAssociation(
        int transportStreamId,
        int version,
        boolean current,
        int sectionNumber,
        int lastSectionNumber,
        List<Program> programs) {
    /** The PID of the table. */
    public static final int PID = 0;

    public static final int TABLE_ID = 0;

    private static final int ENTRY_SIZE = 4;

    /** @param pid of its program map */
    public record Program(int number, int pid) {}

    public ProgramAssociation {
        programs = List.copyOf(programs);
    }

    /** Empty where the section is none or breaks its format. */
    public static Optional<ProgramAssociation> parse(Bytes section) {
        return SectionHead.parse(section)
                .filter(head -> head.tableId() == TABLE_ID && head.body().length() % ENTRY_SIZE == 0)
                .map(ProgramAssociation::read);
    }

    private static ProgramAssociation read(SectionHead head) {
        List<Program> programs = new ArrayList<>();
        Bytes body = head.body();
        for (int at = 0; at < body.length(); at += ENTRY_SIZE) {
            int number = body.u16(at);
            if (number != 0) {
                programs.add(new Program(number, body.u16(at + 2) & 0x1FFF));
            }
        }
        return new ProgramAssociation(
                head.idExtension(),
                head.version(),
                head.current(),
                head.sectionNumber(),
                head.lastSectionNumber(),
                programs);
    }
}

package lancaster.mpegts.demux;

import java.util.Optional;
import lancaster.bytes.Bytes;

/**
 * What all tables with section syntax begin with (§2.4.4.11).
 *
 * @param idExtension what follows the length: transport_stream_id or program_number
 * @param current current_next_indicator: whether the table is valid already
 * @param body what lies between this and the check sum
 */
record SectionHead(
        int tableId,
        int idExtension,
        int version,
        boolean current,
        int sectionNumber,
        int lastSectionNumber,
        Bytes body) {
    static final int SIZE = 8;
    static final int CRC_SIZE = 4;
    private static final int SYNTAX_INDICATOR = 0x80;

    /** Empty where the section is too short for one, or has no section syntax. */
    static Optional<SectionHead> parse(Bytes section) {
        if (section.length() < SIZE + CRC_SIZE || (section.u8(1) & SYNTAX_INDICATOR) == 0) {
            return Optional.empty();
        }
        return Optional.of(new SectionHead(
                section.u8(0),
                section.u16(3),
                section.u8(5) >> 1 & 0x1F,
                (section.u8(5) & 1) == 1,
                section.u8(6),
                section.u8(7),
                section.slice(SIZE, section.length() - SIZE - CRC_SIZE)));
    }
}

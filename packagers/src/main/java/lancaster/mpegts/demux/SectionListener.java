package lancaster.mpegts.demux;

import lancaster.bytes.Bytes;

/** Hears of the sections of a PID. */
public interface SectionListener {
    /** A whole section from its table_id on; its check sum, where it has one, is right. */
    void onSection(Bytes section);

    /** A section could not be read: {@link TsFault#SECTION_CRC} or {@link TsFault#BAD_SECTION}. */
    void onFault(TsFault fault);
}

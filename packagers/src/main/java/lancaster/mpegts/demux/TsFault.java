package lancaster.mpegts.demux;

/** What a demuxer survives, counted. */
public enum TsFault {
    /** A packet whose header contradicts itself. */
    BAD_PACKET,
    /** A packet that somebody on the way marked as broken. */
    TRANSPORT_ERROR,
    /** Packets of a PID that is in use are missing or out of order. */
    CONTINUITY,
    /** A section with a wrong check sum. */
    SECTION_CRC,
    /** A section that breaks its format or was cut short. */
    BAD_SECTION,
    /** A table with more programs or streams than are looked at. */
    TABLE_TOO_LARGE,
    /** A packet of an elementary stream whose payload is encrypted. */
    SCRAMBLED,
    /** A PES packet that breaks its format. */
    BAD_PES,
    /** An access unit that something of is missing, left out. */
    DAMAGED_ACCESS_UNIT,
    /** An access unit that is longer than allowed, left out. */
    ACCESS_UNIT_TOO_LARGE,
    /** A picture that can't be decoded because one before it is missing, left out. */
    NOT_DECODABLE,
    /** An access unit before the parameter sets of its track, or with ones that can't be read. */
    NO_CONFIGURATION,
    /** An access unit without a time of its own where it should have one; its time is reckoned. */
    MISSING_TIMESTAMP,
    /** A presentation time that can't be meant; taken as the decoding time. */
    COMPOSITION_TIME,
    /** Bytes of audio that are no frame. */
    AUDIO_SYNC
}

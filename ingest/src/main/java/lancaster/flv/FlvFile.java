package lancaster.flv;

import lancaster.bytes.Bytes;

/** The layout of FLV files (§E.2 to §E.4.1). */
final class FlvFile {
    static final Bytes SIGNATURE = Bytes.of('F', 'L', 'V');
    static final int VERSION = 1;
    static final int HEADER_BYTES = 9;
    static final int FLAG_AUDIO = 4;
    static final int FLAG_VIDEO = 1;
    static final int TAG_HEADER_BYTES = 11;
    static final int PREVIOUS_TAG_SIZE_BYTES = 4;
    /** In the byte of the tag type: the content is encrypted (annex F). */
    static final int FILTER = 0x20;

    static final int TAG_TYPE = 0x1F;

    private FlvFile() {}
}

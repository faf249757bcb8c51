package lancaster.mpegts;

import lancaster.media.AccessUnit;

/** One track on its way into PES packets. */
sealed interface ElementaryStream permits AvcElementaryStream, AacElementaryStream {
    TsPid pid();

    int streamType();

    /** A segment begins. */
    void begin();

    void write(AccessUnit unit);

    /** The segment ends: writes all that is still held. */
    void finish();
}

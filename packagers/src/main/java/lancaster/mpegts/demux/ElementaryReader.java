package lancaster.mpegts.demux;

/** Makes the access units of one track of what its PES packets carry. */
sealed interface ElementaryReader permits AvcReader, AdtsReader {
    /**
     * A PES packet begins.
     *
     * @param time of the first access unit that begins in it
     */
    void begin(PesTime time);

    /** The next bytes of the elementary stream. */
    void data(byte[] array, int offset, int length);

    /** Bytes are missing here. */
    void damaged();

    /**
     * Nothing more comes.
     *
     * @param complete whether the last PES packet came to its end, so that what it ended with has come whole
     */
    void flush(boolean complete);

    /** Access units that were given on. */
    long accessUnits();
}

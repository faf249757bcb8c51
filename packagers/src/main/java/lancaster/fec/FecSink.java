package lancaster.fec;

/** Takes the parity packets of a {@link FecEncoder}, RTP header included. The array is used again. */
public interface FecSink {
    /** To the media's port + 2. */
    void onColumn(byte[] array, int offset, int length);

    /** To the media's port + 4. */
    void onRow(byte[] array, int offset, int length);
}

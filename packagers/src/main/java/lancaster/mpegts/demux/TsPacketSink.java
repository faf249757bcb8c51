package lancaster.mpegts.demux;

/** Takes whole TS packets in order. The array stays the caller's: the sink neither keeps nor changes it. */
@FunctionalInterface
public interface TsPacketSink {
    /** 188 bytes at {@code offset}, of which the first is the sync byte. */
    void onPacket(byte[] array, int offset);
}

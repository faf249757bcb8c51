package lancaster.rtmp.chunk;

import lancaster.bytes.Bytes;

/**
 * A message as the chunk streams carry it (§6.1), its payload not yet understood.
 *
 * @param typeId message type id
 * @param messageStreamId 0 for the connection itself
 * @param timestampMs 32 bits of milliseconds, unsigned
 */
public record RawMessage(int typeId, int messageStreamId, long timestampMs, Bytes payload) {
    /** Set Chunk Size (§5.4.1), which {@link ChunkDecoder} and {@link ChunkEncoder} obey themselves. */
    public static final int SET_CHUNK_SIZE = 1;
    /** Abort Message (§5.4.2), which {@link ChunkDecoder} obeys itself. */
    public static final int ABORT = 2;
    /** Data in AMF0 (§7.1.2). */
    static final int DATA_AMF0 = 18;
}

package lancaster.rtmp.chunk;

/**
 * What a peer may make a {@link ChunkDecoder} hold.
 *
 * @param messageBytes the longest message; the length field itself ends at 16 MiB (§5.3.1.2.1)
 * @param chunkStreams chunk streams that have been used
 * @param unfinishedBytes memory of messages that have begun and are not complete, on all chunk streams
 */
public record ChunkLimits(int messageBytes, int chunkStreams, int unfinishedBytes) {
    /** For a peer that has only talked so far: commands are short. */
    public static final ChunkLimits COMMANDS = new ChunkLimits(64 << 10, 64, 128 << 10);
    /** For a publisher: an intra frame of 4K video at 100 Mbit/s has about 2 MB. */
    public static final ChunkLimits MEDIA = new ChunkLimits(8 << 20, 64, 16 << 20);

    public ChunkLimits {
        if (messageBytes <= 0 || chunkStreams <= 0 || unfinishedBytes < messageBytes) {
            throw new IllegalArgumentException("limits must be positive and one whole message must fit: " + messageBytes
                    + ", " + chunkStreams + ", " + unfinishedBytes);
        }
    }
}

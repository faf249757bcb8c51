package lancaster.segment;

/**
 * What a store holds and what it lost.
 *
 * @param files finished segments
 * @param bytes of finished and open segments
 * @param evicted segments deleted before their time because the store was full
 * @param lost segments never finished because nothing more could be written
 */
public record SegmentStoreStats(int files, long bytes, long evicted, long lost) {}

package lancaster.probe;

/** Groups of pictures, those that were seen whole. */
public record GopReport(long count, int minFrames, int maxFrames, double meanFrames, long minMs, long maxMs) {}

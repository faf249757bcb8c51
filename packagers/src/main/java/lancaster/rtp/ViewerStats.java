package lancaster.rtp;

import java.util.List;

/**
 * What receivers report together.
 *
 * @param viewers who reported lately; many don't report at all
 * @param losing how many of them lost packets
 * @param averageFractionLost 0 to 1
 * @param worst those that lost most, the worst first
 */
public record ViewerStats(
        int viewers,
        int losing,
        double averageFractionLost,
        double worstFractionLost,
        long worstJitterNs,
        long reports,
        List<Viewer> worst) {}

package lancaster.rtp;

/**
 * A receiver as its last report tells it.
 *
 * @param cname its name; empty where it told none
 * @param fractionLost 0 to 1, since its report before
 * @param lost since it began
 * @param roundTripNs to it and back, without the time it took there; -1: not known
 * @param lastReportNs when it reported, on the clock of the loop
 */
public record Viewer(
        int ssrc, String cname, double fractionLost, int lost, long jitterNs, long roundTripNs, long lastReportNs) {}

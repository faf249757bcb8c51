package lancaster.rtp;

import java.util.List;

/**
 * What a {@link RtpReorderBuffer} has seen.
 *
 * @param delivered given on in order
 * @param lost missing in what was given on
 * @param recovered delivered packets that no path brought
 * @param late came after they were given up
 * @param overflowed given up before their time because too much was waiting
 * @param restarts sources taken over and begun anew, the first not counted
 * @param jumps packets not taken because their number is far from all others (§A.1)
 * @param foreignSources packets of sources that aren't the one received
 * @param foreignPayloads packets of another payload type
 * @param mismatched pairs of the same number that aren't the same packet: the paths don't carry the same
 * @param paths in the order of the paths
 */
public record ReorderStats(
        long delivered,
        long lost,
        long recovered,
        long late,
        long overflowed,
        long restarts,
        long jumps,
        long foreignSources,
        long foreignPayloads,
        long mismatched,
        List<PathStats> paths) {}

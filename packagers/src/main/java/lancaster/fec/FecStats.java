package lancaster.fec;

/**
 * What a {@link FecDecoder} has seen.
 *
 * @param columns parity packets of columns that came
 * @param rows parity packets of rows that came
 * @param recovered packets made anew
 * @param implausible made anew but no transport stream of the source: dropped
 * @param malformed parity packets that are none, or of a form that isn't spoken
 * @param unused parity packets that were given up while more than one packet was missing
 */
public record FecStats(long columns, long rows, long recovered, long implausible, long malformed, long unused) {}

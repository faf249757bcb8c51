package lancaster.mpegts.demux;

/**
 * What a PES packet says of the first access unit that begins in it.
 *
 * @param known whether it has a timestamp
 * @param dts90k decoding time that doesn't wrap
 * @param randomAccess the random_access_indicator of its first TS packet
 */
record PesTime(boolean known, long dts90k, int cts90k, boolean randomAccess) {
    static PesTime unknown(boolean randomAccess) {
        return new PesTime(false, 0, 0, randomAccess);
    }
}

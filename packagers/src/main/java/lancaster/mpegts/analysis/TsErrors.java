package lancaster.mpegts.analysis;

/**
 * Errors by the numbers of §5.2, priorities 1 and 2, each counted when it begins. The checks of priority 3 are about
 * service information that streams over IP mostly lack.
 *
 * @param syncLosses 1.1
 * @param syncBytes 1.2
 * @param pat 1.3.a: no program association for 0.5 s, another table on its PID, or scrambled
 * @param continuity 1.4
 * @param pmt 1.5.a: no program map for 0.5 s, or scrambled
 * @param pids 1.6: a stream of a program without a packet for 5 s
 * @param transport 2.1
 * @param crc 2.2, of PAT, CAT, PMT, NIT and SDT
 * @param pcrRepetition 2.3.a: more than 100 ms between two clock references
 * @param pcrDiscontinuity 2.3.b: two clock references more than 100 ms apart, or going back, without a word
 * @param pts 2.5: more than 700 ms between two timestamps of a video or audio stream
 * @param cat 2.6: scrambled packets without a conditional access table
 */
public record TsErrors(
        long syncLosses,
        long syncBytes,
        long pat,
        long continuity,
        long pmt,
        long pids,
        long transport,
        long crc,
        long pcrRepetition,
        long pcrDiscontinuity,
        long pts,
        long cat) {
    /** Without priority 1 right, a stream can't be decoded for sure. */
    public long priority1() {
        return syncLosses + syncBytes + pat + continuity + pmt + pids;
    }

    public long priority2() {
        return transport + crc + pcrRepetition + pcrDiscontinuity + pts + cat;
    }
}

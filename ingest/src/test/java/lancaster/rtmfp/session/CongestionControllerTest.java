package lancaster.rtmfp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lancaster.rtmfp.session.CongestionController.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Figures 24 and 25 of RFC 7016, line by line. */
class CongestionControllerTest {
    private final CongestionController congestion = new CongestionController();

    private static Progress progress(long outstanding, long acknowledged, boolean fast, boolean sent) {
        return new Progress(outstanding, acknowledged, false, fast, sent);
    }

    /** Ends slow start at this window. */
    private void avoidanceAt(long window) {
        congestion.onLoss(progress(2 * window, 0, false, false));
        assertEquals(window, congestion.windowBytes());
    }

    @Test
    void slowStartAddsWhatWasAcknowledgedUpToASegment() {
        congestion.onAcknowledgement(progress(4_380, 1_000, true, false));
        assertEquals(5_380, congestion.windowBytes());
        congestion.onAcknowledgement(progress(5_380, 3_000, true, false));
        assertEquals(6_840, congestion.windowBytes());
    }

    @Test
    void aWindowThatWasNotFullDoesNotGrow() {
        congestion.onAcknowledgement(progress(4_379, 1_000, true, false));
        assertEquals(4_380, congestion.windowBytes());
        congestion.onAcknowledgement(new Progress(4_380, 1_000, true, true, false));
        assertEquals(4_380, congestion.windowBytes());
    }

    /** Half, but an eighth for time critical data and for large windows where nobody else has any. */
    @ParameterizedTest
    @CsvSource({
        "20000, true, false, 10000",
        "20000, true, true, 17500",
        "20000, false, true, 17500",
        "20000, false, false, 10000",
        "80000, true, false, 70000",
        "80000, false, false, 40000",
        "5000, true, false, 4380"
    })
    void lossReducesTheWindow(long outstanding, boolean fast, boolean sent, long window) {
        congestion.onLoss(progress(outstanding, 0, fast, sent));
        assertEquals(window, congestion.windowBytes());
        assertEquals(window, congestion.slowStartThresholdBytes());
    }

    /** 48 bytes a sixteenth of the window, 24 where time critical data are about. */
    @ParameterizedTest
    @CsvSource({"true, false, 96", "false, true, 48", "false, false, 48"})
    void avoidanceAddsBySixteenths(boolean fast, boolean sent, long increase) {
        avoidanceAt(16_000);
        congestion.onAcknowledgement(progress(16_000, 2_000, fast, sent));
        assertEquals(16_000 + increase, congestion.windowBytes());
    }

    @Test
    void slowStartOfTimeCriticalDataIsAQuarterWhenOthersHaveSome() {
        congestion.onAcknowledgement(progress(4_380, 1_001, false, true));
        assertEquals(4_380 + 251, congestion.windowBytes());
    }

    @Test
    void aTimeoutWithLossLeavesOneSegment() {
        avoidanceAt(16_000);
        congestion.onTimeout(true);
        assertEquals(1_460, congestion.windowBytes());
        assertEquals(16_000, congestion.slowStartThresholdBytes());
    }

    @Test
    void aTimeoutWithoutLossBeginsAnew() {
        avoidanceAt(16_000);
        congestion.onTimeout(false);
        assertEquals(4_380, congestion.windowBytes());
    }
}

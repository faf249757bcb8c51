package lancaster.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RtpReorderBufferTest {
    private static final long MS = 1_000_000;
    private static final int OTHER = 0x0BAD_CAFE;

    private final RecordedListener given = new RecordedListener();
    private RtpReorderBuffer buffer = onPaths(1);
    private long nowNs;

    private RtpReorderBuffer onPaths(int paths) {
        return new RtpReorderBuffer(ReorderSettings.mp2t(paths, Duration.ofMillis(50)), given);
    }

    /** Packets of these numbers, 1 ms apart. */
    private String on(int path, long... numbers) {
        for (long number : numbers) {
            nowNs += MS;
            buffer.onPacket(path, RtpFixtures.packet(number), nowNs);
        }
        return given.take();
    }

    private String after(long ms) {
        nowNs += ms * MS;
        buffer.onTime(nowNs);
        return given.take();
    }

    private boolean from(int ssrc, long number) {
        return buffer.onPacket(0, RtpFixtures.packet(number, 7, ssrc), nowNs);
    }

    @Nested
    class OfOnePath {
        @Test
        void beginsOnceTwoPacketsFollowEachOther() {
            assertEquals("", on(0, 10));
            assertEquals("| 10 11", on(0, 11));
            assertEquals("12 13", on(0, 12, 13));
        }

        @Test
        void doesNotBeginWithPacketsThatDoNotFollow() {
            assertEquals("", on(0, 10, 20, 30));
            assertFalse(buffer.locked());
            assertEquals("| 30 31", on(0, 31));
            assertTrue(buffer.locked());
        }

        @Test
        void tellsSourcesApartThatBeginAtOnce() {
            on(0, 10);
            assertFalse(from(OTHER, 100));
            assertEquals("| 10 11", on(0, 11));
            assertFalse(from(OTHER, 101));
            assertEquals("12", on(0, 12));
        }

        @Test
        void forgetsBeginningsOfMoreSourcesThanThereAreOnAPort() {
            on(0, 10);
            for (int source = 1; source <= 4; source++) {
                assertFalse(from(source, 100));
            }
            assertEquals("", on(0, 11));
            assertEquals("| 11 12", on(0, 12));
        }

        @Test
        void putsWhatWasOvertakenInOrderAtOnce() {
            on(0, 0, 1);
            assertEquals("", on(0, 3, 4));
            assertEquals("2 3 4", on(0, 2));
            assertEquals(1, buffer.stats().paths().get(0).reordered());
            assertEquals(0, buffer.stats().lost());
        }

        @Test
        void givesUpAGapAfterTheDelayOfTheFirstThatWaits() {
            on(0, 0, 1);
            assertEquals("", on(0, 4, 5));
            assertEquals(nowNs - MS + 50 * MS, buffer.deadlineNs());
            assertEquals("", after(48));
            assertEquals("-2 4 5", after(1));
            assertEquals(Long.MAX_VALUE, buffer.deadlineNs());
            assertEquals(2, buffer.stats().lost());
        }

        @Test
        void waitsForALaterGapByItsOwnTime() {
            on(0, 0, 1, 3);
            after(30);
            on(0, 5);
            assertEquals("-1 3", after(19));
            assertEquals("", after(20));
            assertEquals("-1 5", after(11));
        }

        @Test
        void countsWhatCameTooLate() {
            on(0, 0, 1, 3);
            after(50);
            assertEquals("", on(0, 2));
            assertEquals(1, buffer.stats().late());
        }

        @Test
        void dropsDuplicates() {
            on(0, 0, 1, 2);
            assertEquals("", on(0, 2, 1));
            assertEquals(2, buffer.stats().paths().get(0).duplicates());
            assertEquals("", on(0, 4, 4));
            assertEquals("3 4", on(0, 3));
        }

        @Test
        void numbersGoOnBeyondTheWrap() {
            on(0, 65533, 65534);
            assertEquals("65535 0", on(0, 65535, 65536));
            assertEquals("", on(0, 65538));
            assertEquals("1 2", on(0, 65537));
        }

        @Test
        void takesALongDropoutForLoss() {
            on(0, 0, 1);
            on(0, 3000);
            assertEquals("-2998 3000", after(50));
        }

        @Test
        void aJumpCountsOnceASecondPacketFollowsIt() {
            on(0, 0, 1);
            assertEquals("", on(0, 20_000));
            assertEquals("2", on(0, 2), "the jump was a stray packet");
            assertEquals("", on(0, 20_000));
            assertEquals("| 20001 20002", on(0, 20_001, 20_002));
            assertEquals(1, buffer.stats().restarts());
            assertEquals(3, buffer.stats().jumps());
        }

        @Test
        void givesOnWhatWaitsBeforeItBeginsAnew() {
            on(0, 0, 1, 3);
            on(0, 20_000);
            assertEquals("-1 3 | 20001", on(0, 20_001));
        }

        @Test
        void refusesOtherPayloadTypes() {
            byte[] datagram = new byte[RtpHeader.SIZE];
            RtpHeader.write(datagram, 0, false, 96, 2, 0, RtpFixtures.SSRC);
            on(0, 0, 1);
            assertFalse(buffer.onPacket(0, RtpFixtures.parsed(lancaster.bytes.Bytes.wrap(datagram)), nowNs));
            assertEquals(1, buffer.stats().foreignPayloads());
        }

        @Test
        void refusesAnotherSourceWhileTheFirstSends() {
            on(0, 0, 1);
            assertFalse(from(OTHER, 100));
            assertFalse(from(OTHER, 101));
            assertEquals("2", on(0, 2));
            assertEquals(2, buffer.stats().foreignSources());
        }

        @Test
        void anotherSourceTakesOverOnceTheFirstIsSilent() {
            on(0, 0, 1);
            after(501);
            assertFalse(from(OTHER, 100));
            assertTrue(from(OTHER, 101));
            assertEquals("| 100 101", given.take());
            assertEquals(OTHER, buffer.ssrc());
            assertFalse(from(RtpFixtures.SSRC, 2), "the first is the foreign one now");
        }

        @Test
        void anotherSourceTakesOverAtOnceAfterAGoodbye() {
            on(0, 0, 1);
            buffer.onBye(OTHER);
            assertFalse(from(OTHER, 100));
            buffer.onBye(RtpFixtures.SSRC);
            assertTrue(from(OTHER, 101));
            assertEquals("| 100 101", given.take());
        }

        @Test
        void recoveredPacketsFillGaps() {
            on(0, 0, 1, 3);
            buffer.onRecovered(RtpFixtures.packet(2), nowNs);
            assertEquals("2 3", given.take());
            assertEquals(1, buffer.stats().recovered());
            assertEquals("", on(0, 2));
            assertEquals(0, buffer.stats().late(), "it was there already");
        }

        @Test
        void waitsThroughAPauseOfTheSenderForTheParityThatItOwes() {
            buffer.delay(Duration.ofMillis(50), 4);
            on(0, 0, 1, 3, 4);
            assertEquals("", after(300));
            buffer.onRecovered(RtpFixtures.packet(2), nowNs);
            assertEquals("2 3 4", given.take());
        }

        @Test
        void waitsNoLongerThanUsualOnceAllParityMayHaveCome() {
            buffer.delay(Duration.ofMillis(50), 4);
            on(0, 0, 1, 3, 4, 5, 6);
            assertEquals("", after(46));
            assertEquals("", on(0));
            assertEquals("-1 3 4 5 6 7", on(0, 7));
        }

        @Test
        void aSenderThatPausesForLongIsNotWaitedFor() {
            buffer.delay(Duration.ofMillis(50), 4);
            on(0, 0, 1, 3, 4);
            assertEquals("", after(498));
            assertEquals("-1 3 4", after(1));
        }

        @Test
        void recoveredPacketsOfAnotherSourceOrTooLateAreNotTaken() {
            on(0, 0, 1, 3);
            buffer.onRecovered(RtpFixtures.packet(2, 7, OTHER), nowNs);
            assertEquals("-1 3", after(50));
            buffer.onRecovered(RtpFixtures.packet(2), nowNs);
            assertEquals("", given.take());
        }

        @Test
        void countsLossOfThePath() {
            on(0, 0, 1, 3);
            after(50);
            after(451);
            assertEquals(1, buffer.stats().paths().get(0).lost());
            assertEquals(0, buffer.stats().paths().get(0).onlyHere(), "there is but one path");
        }
    }

    @Nested
    class OfTwoPaths {
        OfTwoPaths() {
            buffer = onPaths(2);
        }

        private PathStats path(int index) {
            return buffer.stats().paths().get(index);
        }

        @Test
        void givesEachNumberOnce() {
            on(0, 0, 1);
            assertEquals("2 3", on(1, 0, 1, 2, 3));
            assertEquals("4", on(0, 2, 3, 4));
            assertEquals(0, path(0).duplicates());
        }

        @Test
        void fillsTheGapsOfOneFromTheOther() {
            on(0, 0, 1, 3, 4);
            assertEquals("2 3 4", on(1, 1, 2));
            on(1, 3, 4);
            after(500);
            assertEquals(0, buffer.stats().lost());
            assertEquals(1, path(0).lost());
            assertEquals(1, path(1).onlyHere());
            assertEquals(0, path(1).lost(), "what came before its first packet doesn't count");
        }

        @Test
        void measuresTheSkew() {
            on(0, 0, 1, 2, 3);
            after(6);
            on(1, 1);
            assertEquals(9 * MS, path(1).skewNs());
            assertEquals(-9 * MS, path(0).skewNs());
            assertEquals(9 * MS, path(1).skewMaxNs());
        }

        @Test
        void aCopyThatComesAfterTheGapWasGivenUpIsLateButNotLostOnItsPath() {
            on(0, 0, 1, 3);
            assertEquals("-1 3", after(50));
            on(1, 1, 2, 3);
            after(500);
            assertEquals(1, buffer.stats().late());
            assertEquals(1, path(0).lost());
            assertEquals(0, path(1).lost());
        }

        @Test
        void countsPairsThatAreNotTheSame() {
            on(0, 0, 1, 2);
            buffer.onPacket(1, RtpFixtures.packet(2, 6), nowNs);
            assertEquals(1, buffer.stats().mismatched());
        }

        @Test
        void aRestartOnOnePathWaitsForNoOther() {
            on(0, 0, 1, 2);
            on(1, 0, 1, 2);
            assertEquals("| 30001 30002", on(0, 30_000, 30_001, 30_002));
            assertEquals("", on(1, 3));
            assertEquals("30003", on(1, 30_000, 30_001, 30_002, 30_003));
            assertEquals(1, buffer.stats().restarts());
        }

        @Test
        void aPathMayBeSilentAndComeBack() {
            on(0, 0, 1);
            on(1, 0, 1);
            for (long number = 2; number < 2_000; number++) {
                on(0, number);
            }
            assertEquals("2000 2001", on(1, 2_000, 2_001));
            after(500);
            assertEquals(0, buffer.stats().lost());
            assertEquals(1_998, path(1).lost());
            assertEquals(0, buffer.stats().restarts());
        }
    }
}

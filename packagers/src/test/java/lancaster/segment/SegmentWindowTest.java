package lancaster.segment;

import static lancaster.segment.SegmentFixtures.SECOND;
import static lancaster.segment.SegmentFixtures.segment;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SegmentWindowTest {
    private static final WindowPolicy THREE = new WindowPolicy(3, 12 * SECOND);

    @Test
    void slidesOnceItHasMoreSegmentsThanWanted() {
        SegmentWindow window = SegmentWindow.EMPTY;
        for (long number = 100; number < 104; number++) {
            window = window.with(segment(number, 4), true, THREE);
        }
        assertEquals(101, window.mediaSequence());
        assertEquals(3, window.segments().size());
    }

    @Test
    void staysAtLeastAsLongAsItsFloor() {
        SegmentWindow window = SegmentWindow.EMPTY;
        for (long number = 0; number < 10; number++) {
            window = window.with(segment(number, 2), true, THREE);
        }
        assertEquals(6, window.segments().size());
        assertEquals(12 * SECOND, window.duration90k());
    }

    @Test
    void keepsTheDiscontinuitySequenceOfEachSegmentWhileItSlides() {
        SegmentWindow window = SegmentWindow.EMPTY
                .with(segment(100, 4, 3, false), true, THREE)
                .with(segment(101, 4, 4, true), true, THREE)
                .with(segment(102, 4, 4, false), true, THREE)
                .with(segment(103, 4, 4, false), true, THREE);
        assertEquals(101, window.mediaSequence());
        assertEquals(3, window.discontinuitySequence(), "the first segment's own discontinuity is listed");
        window = window.with(segment(104, 4, 4, false), true, THREE);
        assertEquals(102, window.mediaSequence());
        assertEquals(4, window.discontinuitySequence());
    }

    @Test
    void beginsAnewWhereNumbersSkip() {
        SegmentWindow window =
                SegmentWindow.EMPTY.with(segment(7, 4), true, THREE).with(segment(23, 4), true, THREE);
        assertEquals(23, window.mediaSequence());
        assertEquals(1, window.segments().size());
    }

    @Test
    void lacksWhatTheStoreHadToDeleteButKeepsItsLastSegment() {
        SegmentWindow window = SegmentWindow.EMPTY
                .with(segment(7, 4), true, THREE)
                .with(segment(8, 4), true, THREE)
                .with(segment(9, 4), true, THREE);
        assertEquals(9, window.without(8).mediaSequence());
        assertEquals(9, window.without(99).mediaSequence());
        assertEquals(window, window.without(6));
    }

    @Test
    void takesNothingBehindTheEnd() {
        SegmentWindow ended =
                SegmentWindow.EMPTY.with(segment(7, 4), true, THREE).end();
        assertTrue(ended.ended());
        assertThrows(IllegalStateException.class, () -> ended.with(segment(8, 4), true, THREE));
    }
}

package lancaster.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import lancaster.kit.SimRunLoop;
import lancaster.media.TimelineRecord;
import lancaster.stream.Json.SyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimelineJournalTest {
    private static final StreamPath PATH = StreamPath.parse("live/second/townhall");
    private static final TimelineRecord FRESH = TimelineFileTest.RECORD;
    private static final long LONGEST_90K = 7 * 90_000;

    @TempDir
    private Path folder;

    private final SimRunLoop loop = new SimRunLoop();
    private final List<TimelineState> opened = new ArrayList<>();

    private Path file() {
        return folder.resolve("live/second/townhall.json");
    }

    private TimelineState stored() throws IOException, SyntaxException {
        return TimelineFile.parse(Files.readString(file()));
    }

    private TimelineJournal open(Executor disk, TimelineRecord fresh) {
        TimelineJournal journal = new TimelineJournal(PATH, new TimelineDirectory(folder, disk), loop, fresh);
        journal.open(opened::add);
        loop.runDue();
        return journal;
    }

    private TimelineJournal open() {
        return open(Runnable::run, FRESH);
    }

    private static TimelineState at(long number) {
        return new TimelineState(FRESH, new TimelinePosition(number, number * 360_000, 0));
    }

    @Test
    void leasesBeforeAnythingIsUsed() throws Exception {
        open();
        assertEquals(List.of(new TimelineState(FRESH, TimelinePosition.ZERO)), opened);
        assertEquals(new TimelinePosition(16, 16 * LONGEST_90K, 16), stored().next());
    }

    @Test
    void renewsWhenHalfIsUsed() throws Exception {
        TimelineJournal journal = open();
        journal.follow(at(8));
        assertEquals(16, stored().next().number());
        journal.follow(at(9));
        assertEquals(25, stored().next().number());
        journal.follow(at(17));
        assertEquals(25, stored().next().number());
    }

    @Test
    void renewsWhenTimeOrDiscontinuitiesRunAhead() throws Exception {
        TimelineJournal journal = open();
        journal.follow(new TimelineState(FRESH, new TimelinePosition(1, 9 * LONGEST_90K, 0)));
        loop.runDue();
        assertEquals(17, stored().next().number());
        journal.follow(new TimelineState(FRESH, new TimelinePosition(2, 9 * LONGEST_90K, 9)));
        assertEquals(25, stored().next().discontinuitySequence());
    }

    @Test
    void writesAChangedRecordAtOnce() throws Exception {
        TimelineJournal journal = open();
        journal.follow(new TimelineState(FRESH.withoutIndependentSegments(), new TimelinePosition(1, 1, 0)));
        assertFalse(stored().record().independentSegments());
    }

    @Test
    void cleanEndGivesBackWhatWasNotUsed() throws Exception {
        TimelineJournal journal = open();
        assertTrue(journal.finish(at(3)).isDone());
        assertEquals(at(3), stored());
        open();
        assertEquals(at(3), opened.get(1));
    }

    @Test
    void killedBoxGoesOnBehindTheLease() throws Exception {
        open();
        TimelineState leased = stored();
        open();
        assertEquals(leased, opened.get(1));
    }

    @Test
    void writesInOrderHoweverSlowTheDiskIs() throws Exception {
        Queue<Runnable> disk = new ArrayDeque<>();
        TimelineDirectory directory = new TimelineDirectory(folder, disk::add);
        TimelineJournal first = new TimelineJournal(PATH, directory, loop, FRESH);
        first.open(opened::add);
        TimelineJournal second = new TimelineJournal(PATH, directory, loop, FRESH);
        var finished = first.finish(at(5));
        second.open(opened::add);
        assertEquals(1, disk.size(), "one task of a stream at a time");
        assertFalse(finished.isDone());
        while (!disk.isEmpty()) {
            disk.remove().run();
            loop.runDue();
        }
        assertTrue(finished.isDone());
        assertEquals(at(5), opened.get(1));
        assertEquals(21, stored().next().number());
    }

    @Test
    void keepsOnlyTheNewestOfTheLeasesThatWaitForTheDisk() throws Exception {
        Queue<Runnable> disk = new ArrayDeque<>();
        TimelineJournal journal = open(disk::add, FRESH);
        for (int i = 10; i < 100; i++) {
            journal.renew(at(i), 0);
        }
        int writes = 0;
        while (!disk.isEmpty()) {
            disk.remove().run();
            loop.runDue();
            writes++;
        }
        assertTrue(writes <= 3, "writes " + writes);
        assertEquals(115, stored().next().number());
    }

    @Test
    void brokenFileIsMovedAside() throws Exception {
        open();
        for (int i = 1; i <= 3; i++) {
            String broken = Files.readString(file()).substring(0, 100 + i);
            Files.writeString(file(), broken);
            TimelineRecord fresh = FRESH.withoutIndependentSegments();
            open(Runnable::run, fresh);
            assertEquals(new TimelineState(fresh, TimelinePosition.ZERO), opened.get(i));
            assertEquals(broken, Files.readString(file().resolveSibling("townhall.json.broken-" + i)));
        }
    }

    @Test
    void hugeFileIsBroken() throws Exception {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), " ".repeat(1 << 20));
        open();
        assertTrue(opened.get(0).next().isVirgin());
        assertTrue(Files.exists(file().resolveSibling("townhall.json.broken-1")));
    }

    @Test
    void unknownLayoutBeginsANewTimelineWithTheOldNumbers() throws Exception {
        Files.createDirectories(file().getParent());
        String text = TimelineFile.write(at(7))
                .replace("\"layout\": 1", "\"layout\": 2")
                .replace("\"00", "\"aa");
        Files.writeString(file(), text);
        open();
        assertEquals(new TimelineState(FRESH, at(7).next()), opened.get(0));
    }

    @Test
    void otherPackagingBeginsANewTimelineWithTheOldNumbers() throws Exception {
        Files.createDirectories(file().getParent());
        Files.writeString(
                file(), TimelineFile.write(at(7)).replace("360000", "180000").replace("\"00", "\"aa"));
        open();
        assertEquals(FRESH.id(), opened.get(0).record().id());
        assertEquals(360_000, opened.get(0).record().segment90k());
        assertEquals(7, opened.get(0).next().number());
    }

    @Test
    void recordOfAnotherBoxCounts() throws Exception {
        Files.createDirectories(file().getParent());
        Files.writeString(
                file(), TimelineFile.write(at(0)).replace("\"00", "\"aa").replace("1800000000000", "7"));
        open();
        assertNotEquals(FRESH.id(), opened.get(0).record().id());
        assertEquals(7, opened.get(0).record().zeroUtcMs());
        assertTrue(opened.get(0).next().isVirgin());
    }

    @Test
    void diskThatCannotBeWrittenStopsNobody() throws Exception {
        Files.writeString(folder.resolve("live"), "a file where the folder should be");
        TimelineJournal journal = open();
        assertEquals(1, opened.size());
        assertEquals(1, journal.faults());
        journal.follow(at(1));
        loop.runDue();
        assertEquals(2, journal.faults());
        Files.delete(folder.resolve("live"));
        journal.follow(at(2));
        loop.runDue();
        assertEquals(2, journal.faults());
        assertEquals(18, stored().next().number());
    }

    @Test
    void leavesNoOtherFilesBehind() throws Exception {
        TimelineJournal journal = open();
        journal.renew(at(20), 0);
        try (Stream<Path> files = Files.list(file().getParent())) {
            assertEquals(List.of(file()), files.toList());
        }
    }
}

package lancaster.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import lancaster.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentStoreTest {
    private static final int RUN = SegmentFolder.RUN_BYTES;

    @TempDir
    Path root;

    @Test
    void showsASegmentOnlyWhenItIsFinished() throws Exception {
        try (SegmentStore store = new SegmentStore(root, Long.MAX_VALUE)) {
            SegmentFolder folder = store.acquire("live/townhall", SegmentFormat.TS);
            OpenSegment open = folder.open(41, "id-41", false);
            write(open, 3 * RUN / 2, 1);
            assertEquals(Optional.empty(), folder.find(41));
            SegmentFile file = open.finish().orElseThrow();
            assertEquals(Optional.of(file), folder.find(41));
            assertEquals(root.resolve("live/townhall/ts/41.ts"), file.path());
            assertEquals(3 * RUN / 2, file.length());
            assertArrayEquals(random(3 * RUN / 2, 1), Files.readAllBytes(file.path()));
        }
    }

    @Test
    void appendsTheOpenSegmentInRuns() throws Exception {
        try (SegmentStore store = new SegmentStore(root, Long.MAX_VALUE)) {
            OpenSegment open = store.acquire("live/townhall", SegmentFormat.TS).open(0, "id-0", false);
            write(open, RUN - 1, 1);
            assertFalse(Files.exists(root.resolve("live/townhall/ts/0.ts")), "the first run is still in memory");
            write(open, 2, 2);
            assertEquals(RUN, Files.size(root.resolve("live/townhall/ts/0.ts")));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {RUN / 2, 3 * RUN})
    void replacesTheStartOfASegmentWhenItIsFinished(int length) throws Exception {
        try (SegmentStore store = new SegmentStore(root, Long.MAX_VALUE)) {
            OpenSegment open = store.acquire("live/townhall", SegmentFormat.HDS).open(0, "id-0", false);
            write(open, length, 7);
            open.replaceStart(Bytes.of(1, 2, 3));
            SegmentFile file = open.finish().orElseThrow();
            byte[] expected = random(length, 7);
            System.arraycopy(new byte[] {1, 2, 3}, 0, expected, 0, 3);
            assertArrayEquals(expected, Files.readAllBytes(file.path()));
            assertEquals(length, file.length());
        }
    }

    @Test
    void theStartOfAHashedSegmentStays() throws Exception {
        try (SegmentStore store = new SegmentStore(root, Long.MAX_VALUE)) {
            OpenSegment open = store.acquire("live/townhall", SegmentFormat.TS).open(0, "id-0", true);
            assertThrows(IllegalStateException.class, () -> open.replaceStart(Bytes.of(1)));
        }
    }

    @Test
    void hashesASegmentWhileItIsWritten() throws Exception {
        try (SegmentStore store = new SegmentStore(root, Long.MAX_VALUE)) {
            OpenSegment open = store.acquire("live/townhall", SegmentFormat.TS).open(0, "id-0", true);
            write(open, 5 * RUN / 2, 7);
            open.finish();
            byte[] expected = MessageDigest.getInstance("SHA-256").digest(random(5 * RUN / 2, 7));
            assertEquals(Bytes.wrap(expected), open.hash().orElseThrow());
        }
    }

    @Test
    void deletesTheOldestOfAllStreamsWhenItsLimitIsReached() throws Exception {
        try (SegmentStore store = new SegmentStore(root, 3L * RUN)) {
            SegmentFolder one = store.acquire("live/one", SegmentFormat.TS);
            SegmentFolder two = store.acquire("live/two", SegmentFormat.TS);
            finish(one, 5, RUN);
            finish(two, 8, RUN);
            finish(one, 6, RUN);
            finish(two, 9, RUN);
            assertEquals(Optional.empty(), one.find(5));
            assertEquals(5, one.evictedThrough());
            assertTrue(one.had(5));
            assertTrue(two.find(8).isPresent());
            assertEquals(new SegmentStoreStats(3, 3L * RUN, 1, 0), store.stats());
        }
    }

    @Test
    void losesASegmentThatNothingMakesRoomFor() throws Exception {
        try (SegmentStore store = new SegmentStore(root, 2L * RUN)) {
            SegmentFolder folder = store.acquire("live/townhall", SegmentFormat.TS);
            finish(folder, 1, RUN);
            OpenSegment open = folder.open(2, "id-2", false);
            write(open, 3 * RUN, 1);
            assertEquals(Optional.empty(), open.finish());
            assertFalse(Files.exists(root.resolve("live/townhall/ts/2.ts")));
            assertEquals(new SegmentStoreStats(0, 0, 1, 1), store.stats());
            finish(folder, 3, RUN);
            assertTrue(folder.find(3).isPresent());
        }
    }

    @Test
    void deletesTheOldestWhenTheDiskIsFull() throws Exception {
        FullDisk disk = new FullDisk(2L * RUN);
        try (SegmentStore store = new SegmentStore(root, Long.MAX_VALUE, disk)) {
            SegmentFolder folder = store.acquire("live/townhall", SegmentFormat.TS);
            finish(folder, 1, RUN);
            finish(folder, 2, RUN);
            finish(folder, 3, RUN);
            assertEquals(Optional.empty(), folder.find(1));
            assertTrue(folder.find(3).isPresent());
            assertEquals(1, store.stats().evicted());
            assertEquals(RUN, Files.size(root.resolve("live/townhall/ts/3.ts")));
        }
    }

    @Test
    void losesASegmentOnADiskThatTakesNothing() throws Exception {
        try (SegmentStore store = new SegmentStore(root, Long.MAX_VALUE, new FullDisk(0))) {
            SegmentFolder folder = store.acquire("live/townhall", SegmentFormat.TS);
            OpenSegment open = folder.open(2, "id-2", false);
            write(open, 3 * RUN, 1);
            assertEquals(Optional.empty(), open.finish());
            assertEquals(new SegmentStoreStats(0, 0, 0, 1), store.stats());
        }
    }

    @Test
    void deletesLeftoversOfAnEarlierRunAndNothingElse() throws Exception {
        Path leftover =
                Files.createDirectories(root.resolve("live/townhall/ts")).resolve("17.ts");
        Path init = Files.createDirectories(root.resolve("live/townhall/fmp4")).resolve("init-3.mp4");
        Path foreign = Files.createDirectories(root.resolve("holiday/ts")).resolve("film.ts");
        for (Path file : new Path[] {leftover, init, foreign}) {
            Files.writeString(file, "x");
        }
        new SegmentStore(root, Long.MAX_VALUE).close();
        assertFalse(Files.exists(root.resolve("live")));
        assertTrue(Files.exists(foreign));
    }

    @Test
    void isNotSharedWithAnotherProcess() throws Exception {
        try (SegmentStore store = new SegmentStore(root, Long.MAX_VALUE)) {
            assertEquals(0, store.stats().files());
            assertThrows(IOException.class, () -> new SegmentStore(root, Long.MAX_VALUE));
        }
        new SegmentStore(root, Long.MAX_VALUE).close();
    }

    @Test
    void forgetsAFolderWhenItsWriterIsDoneAndItsLastFileIsDeleted() throws Exception {
        try (SegmentStore store = new SegmentStore(root, Long.MAX_VALUE)) {
            SegmentFolder folder = store.acquire("live/townhall", SegmentFormat.FMP4);
            finish(folder, 1, 10);
            folder.writeInit(1, "id-1-init", Bytes.of(1, 2, 3));
            folder.release();
            folder.delete(1);
            assertTrue(folder.findInit(1).isPresent());
            folder.deleteInit(1);
            assertFalse(Files.exists(root.resolve("live")));
        }
    }

    @Test
    void keepsTheFilesOfAFolderForItsNextWriter() throws Exception {
        try (SegmentStore store = new SegmentStore(root, Long.MAX_VALUE)) {
            SegmentFolder folder = store.acquire("live/townhall", SegmentFormat.TS);
            finish(folder, 1, 10);
            folder.release();
            assertTrue(store.acquire("live/townhall", SegmentFormat.TS).find(1).isPresent());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../../etc", "live/..", "live/.", "/etc/passwd", "live/a\\b", "live/\u0000", "live/ü ß", "%2e/x"
            })
    void neverLeavesItsRoot(String stream) throws Exception {
        try (SegmentStore store = new SegmentStore(root, Long.MAX_VALUE)) {
            Path file;
            try {
                SegmentFolder folder = store.acquire(stream, SegmentFormat.TS);
                finish(folder, 1, 10);
                file = folder.find(1).orElseThrow().path();
            } catch (IllegalArgumentException refused) {
                return;
            }
            assertTrue(file.normalize().equals(file) && file.startsWith(root), () -> file + " lies outside");
            int below = stream.split("/", -1).length + 2;
            assertEquals(root.getNameCount() + below, file.toRealPath().getNameCount());
        }
    }

    @Test
    void survivesTwoLoopsThatEvictEachOthersSegments() throws Exception {
        try (SegmentStore store = new SegmentStore(root, 4L * RUN)) {
            Stream.of("live/one", "live/two").parallel().forEach(stream -> {
                SegmentFolder folder = store.acquire(stream, SegmentFormat.TS);
                for (long number = 0; number < 500; number++) {
                    finish(folder, number, RUN);
                    folder.delete(number - 3);
                }
            });
            assertTrue(store.stats().bytes() <= 4L * RUN);
            try (Stream<Path> files = Files.walk(root)) {
                long stored =
                        files.filter(path -> path.toString().endsWith(".ts")).count();
                assertEquals(store.stats().files(), stored);
            }
        }
    }

    private static void finish(SegmentFolder folder, long number, int length) {
        OpenSegment open = folder.open(number, "id-" + number, false);
        write(open, length, number);
        assertTrue(open.finish().isPresent());
    }

    private static void write(OpenSegment open, int length, long seed) {
        byte[] bytes = random(length, seed);
        int at = 0;
        SplittableRandom random = new SplittableRandom(seed);
        while (at < length) {
            int count = Math.min(length - at, random.nextInt(1, RUN * 2));
            open.write(bytes, at, count);
            at += count;
        }
    }

    private static byte[] random(int length, long seed) {
        byte[] bytes = new byte[length];
        new SplittableRandom(seed).nextBytes(bytes);
        return bytes;
    }

    /** A disk of so many bytes, of which deleted files give theirs back. */
    private record FullDisk(long capacity) implements SegmentStore.FileOpener {
        @Override
        public WritableByteChannel open(Path file) throws IOException {
            WritableByteChannel channel = Files.newByteChannel(
                    file, java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.WRITE);
            return new WritableByteChannel() {
                @Override
                public int write(ByteBuffer bytes) throws IOException {
                    if (used(file.getParent()) + bytes.remaining() > capacity) {
                        throw new IOException("No space left on device");
                    }
                    return channel.write(bytes);
                }

                @Override
                public boolean isOpen() {
                    return channel.isOpen();
                }

                @Override
                public void close() throws IOException {
                    channel.close();
                }
            };
        }

        private static long used(Path folder) throws IOException {
            try (Stream<Path> files = Files.list(folder)) {
                return files.mapToLong(path -> {
                            try {
                                return Files.size(path);
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        })
                        .sum();
            }
        }
    }
}

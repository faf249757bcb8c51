package lancaster.hds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import lancaster.bytes.Bytes;
import lancaster.hdscheck.CheckedBootstrap;
import lancaster.hdscheck.CheckedFragment;
import lancaster.hls.SimulatedStream;
import lancaster.kit.SimRunLoop;
import lancaster.media.Track;
import lancaster.segment.SegmentFixtures;
import lancaster.segment.SegmentStore;
import lancaster.segment.StoredBytes;
import lancaster.stream.StreamPath;

/** A packager in virtual time, and what it serves under the strict reader. */
final class HdsHouse implements AutoCloseable {
    static final StreamPath PATH = new StreamPath("live", "townhall");
    static final List<Track> BOTH = List.of(SimulatedStream.VIDEO, SimulatedStream.AUDIO);

    final SimRunLoop loop = new SimRunLoop();
    final SegmentStore store;
    final HdsPackager packager;
    boolean gone;

    HdsHouse(Path root, HdsSettings settings) {
        try {
            store = new SegmentStore(root, Long.MAX_VALUE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        packager = new HdsPackager(PATH, settings, SegmentFixtures.RECORD, store, loop, () -> gone = true);
    }

    SimulatedStream stream(List<Track> tracks, double secondsPerGroup) {
        return new SimulatedStream(SegmentFixtures.RECORD, tracks, 25, secondsPerGroup, packager::onEvent);
    }

    /** Runs stream and clock side by side. */
    void run(SimulatedStream stream, double seconds) {
        for (double done = 0; done < seconds - 0.05; done += 0.1) {
            stream.run(0.1);
            loop.advanceMs(100);
        }
    }

    HdsAnswer find(String address) {
        int query = address.indexOf("?level=");
        String path = query < 0 ? address : address.substring(0, query);
        Optional<String> level = query < 0 ? Optional.empty() : Optional.of(address.substring(query + 7));
        HdsAddress parsed = HdsAddress.parse(path, level).orElseThrow();
        assertEquals(PATH.toString(), parsed.stream());
        return packager.feed().find(parsed.resource());
    }

    String text(String address) {
        return new String(document(address).toArray(), StandardCharsets.UTF_8);
    }

    Bytes document(String address) {
        return assertInstanceOf(HdsAnswer.Document.class, find(address)).body().plain();
    }

    CheckedBootstrap bootstrap() {
        return CheckedBootstrap.read(document(PATH + "/hds/stream.abst"));
    }

    Bytes bytes(long fragment) {
        HdsAnswer.File file = assertInstanceOf(HdsAnswer.File.class, find(PATH + "/hds/streamSeg1-Frag" + fragment));
        return StoredBytes.of(file.file());
    }

    CheckedFragment fragment(long number) {
        return CheckedFragment.read(bytes(number));
    }

    /** Each fragment that is listed is there, begins where the table says and stays in its time. */
    void check() {
        bootstrap().fragments().forEach(this::check);
    }

    void check(CheckedBootstrap.Listed listed) {
        CheckedFragment fragment = fragment(listed.number());
        List<CheckedFragment.Tag> frames = fragment.frames();
        assertEquals(listed.startMs(), fragment.tags().get(0).timestampMs(), listed::toString);
        assertEquals(listed.startMs(), frames.get(0).timestampMs(), listed::toString);
        long lastMs = frames.get(frames.size() - 1).timestampMs();
        assertTrue(lastMs < listed.startMs() + listed.durationMs(), () -> listed + " has a frame at " + lastMs);
    }

    @Override
    public void close() throws IOException {
        store.close();
    }
}

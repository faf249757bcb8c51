package lancaster.hlscheck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import lancaster.bytes.Bytes;
import org.mp4parser.Box;
import org.mp4parser.Container;
import org.mp4parser.IsoFile;
import org.mp4parser.ParsableBox;
import org.mp4parser.PropertyBoxParserImpl;
import org.mp4parser.boxes.UnknownBox;
import org.mp4parser.boxes.iso14496.part12.MovieExtendsBox;
import org.mp4parser.boxes.iso14496.part12.MovieFragmentBox;
import org.mp4parser.boxes.iso14496.part12.TrackBox;
import org.mp4parser.boxes.iso14496.part12.TrackExtendsBox;
import org.mp4parser.boxes.iso14496.part12.TrackFragmentBaseMediaDecodeTimeBox;
import org.mp4parser.boxes.iso14496.part12.TrackFragmentBox;
import org.mp4parser.boxes.iso14496.part12.TrackRunBox;
import org.mp4parser.support.AbstractBox;

/** MP4 in the eyes of isoparser: it knows every box, and what it understood, written out again, is the same bytes. */
final class OtherBoxReader {
    /** Its boxes of media would each be written to a file of their own. */
    private static final class Parser extends PropertyBoxParserImpl {
        @Override
        public ParsableBox createBox(String type, byte[] userType, String parent) {
            return type.equals("mdat") ? new UnknownBox(type) : super.createBox(type, userType, parent);
        }
    }

    private OtherBoxReader() {}

    static void readInit(String path, Bytes body) {
        IsoFile file = read(path, body);
        List<TrackBox> tracks = file.getMovieBox().getBoxes(TrackBox.class);
        List<TrackExtendsBox> defaults =
                file.getMovieBox().getBoxes(MovieExtendsBox.class).get(0).getBoxes(TrackExtendsBox.class);
        assertEquals(
                tracks.stream()
                        .map(track -> track.getTrackHeaderBox().getTrackId())
                        .toList(),
                defaults.stream().map(TrackExtendsBox::getTrackId).toList(),
                path);
        for (TrackBox track : tracks) {
            assertNotNull(track.getSampleTableBox().getSampleDescriptionBox().getSampleEntry(), path);
            assertEquals(0, track.getSampleTableBox().getSampleSizeBox().getSampleCount(), path);
        }
    }

    /** Their samples fill the media, without gap or overlap, and the tracks begin and end together. */
    static void readFragments(String path, Bytes body) {
        Iterator<Box> boxes = read(path, body).getBoxes().iterator();
        Optional<MovieFragmentBox> fragment = Optional.empty();
        while (boxes.hasNext()) {
            Box box = boxes.next();
            if (box instanceof MovieFragmentBox moof) {
                fragment = Optional.of(moof);
            } else if (box.getType().equals("mdat")) {
                assertFills(path, fragment.orElseThrow(), box.getSize());
                fragment = Optional.empty();
            }
        }
        assertTrue(fragment.isEmpty(), path);
    }

    private static void assertFills(String path, MovieFragmentBox moof, long mdatBytes) {
        long at = moof.getSize() + 8;
        for (TrackFragmentBox track : moof.getBoxes(TrackFragmentBox.class)) {
            assertTrue(track.getTrackFragmentHeaderBox().isDefaultBaseIsMoof(), path);
            assertEquals(
                    1, track.getBoxes(TrackFragmentBaseMediaDecodeTimeBox.class).size(), path);
            for (TrackRunBox run : track.getBoxes(TrackRunBox.class)) {
                assertEquals(at, run.getDataOffset(), path);
                assertEquals(run.getSampleCount(), run.getEntries().size(), path);
                for (TrackRunBox.Entry sample : run.getEntries()) {
                    at += run.isSampleSizePresent()
                            ? sample.getSampleSize()
                            : track.getTrackFragmentHeaderBox().getDefaultSampleSize();
                }
            }
        }
        assertEquals(moof.getSize() + mdatBytes, at, path);
    }

    private static IsoFile read(String path, Bytes body) {
        try {
            IsoFile file = new IsoFile(Channels.newChannel(new ByteArrayInputStream(body.toArray())), new Parser());
            understand(path, file);
            ByteArrayOutputStream again = new ByteArrayOutputStream(body.length());
            file.getBox(Channels.newChannel(again));
            assertArrayEquals(body.toArray(), again.toByteArray(), path);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void understand(String path, Container container) {
        for (Box box : container.getBoxes()) {
            boolean unknown = box instanceof UnknownBox && !box.getType().equals("mdat");
            assertFalse(unknown, () -> path + ": isoparser doesn't know " + box.getType());
            if (box instanceof AbstractBox parsable) {
                parsable.parseDetails();
                assertTrue(parsable.isParsed(), () -> path + ": " + box.getType());
            }
            if (box instanceof Container inner) {
                understand(path, inner);
            }
        }
    }
}

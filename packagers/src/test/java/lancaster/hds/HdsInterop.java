package lancaster.hds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import lancaster.bytes.Bytes;
import lancaster.hdscheck.CheckedBootstrap;
import lancaster.hdscheck.CheckedFragment;
import lancaster.hdscheck.CheckedFragment.Tag;
import lancaster.hdscheck.ForeignHds;
import lancaster.kit.Ffmpeg;
import lancaster.stream.EndReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same film through ffmpeg's own HDS muxer, and what comes out of ours to ffprobe. */
@org.junit.jupiter.api.Tag("interop")
class HdsInterop {
    @TempDir
    Path folder;

    @Test
    void agreesInStructureWithFfmpegsMuxer() throws IOException {
        Path film = film();
        Path foreign = Files.createDirectory(folder.resolve("foreign"));
        Ffmpeg.ffmpeg(("-i " + film + " -map 0 -c copy -f hds -min_frag_duration 4000000 -window_size 0 " + foreign)
                        .split(" "))
                .clean();
        ForeignHds theirs = ForeignHds.read(foreign);
        try (HdsLiveHouse house = new HdsLiveHouse(folder)) {
            house.publish(film, EndReason.UNPUBLISHED);
            house.pass(30_000);
            CheckedBootstrap ours = house.bootstrap();
            List<CheckedBootstrap.Listed> listed = ours.fragments();
            assertTrue(ours.ended());
            assertEquals(theirs.fragments().size(), listed.size());
            long start = listed.get(0).startMs();
            List<Tag> sounds = new ArrayList<>();
            for (int i = 0; i < listed.size(); i++) {
                ForeignHds.Fragment their = theirs.fragments().get(i);
                CheckedFragment our =
                        CheckedFragment.read(house.fragment(listed.get(i).number()));
                assertEquals(
                        their.startMs() - theirs.fragments().get(0).startMs(),
                        listed.get(i).startMs() - start);
                assertSame(
                        video(their.tags()),
                        video(our.tags()),
                        theirs.fragments().get(0).startMs() - start);
                assertEquals(their.tags().get(0).data(), our.tags().get(0).data(), "the first configuration");
                our.frames().stream().filter(tag -> !tag.isVideo()).forEach(sounds::add);
            }
            List<Bytes> theirSounds = theirs.fragments().stream()
                    .flatMap(fragment -> fragment.tags().stream())
                    .filter(tag -> !tag.isVideo() && !tag.isConfiguration())
                    .map(Tag::data)
                    .toList();
            assertEquals(theirSounds, sounds.stream().map(Tag::data).toList());
        }
    }

    @Test
    void readersTakeTheTagsOfAllFragmentsAcrossAReconnect() throws IOException {
        Path film = film();
        try (HdsLiveHouse house = new HdsLiveHouse(folder)) {
            house.publish(film, EndReason.LOST);
            house.pass(2_000);
            house.publish(film, EndReason.UNPUBLISHED);
            house.pass(30_000);
            Path flv = folder.resolve("all.flv");
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes(new byte[] {'F', 'L', 'V', 1, 5, 0, 0, 0, 9, 0, 0, 0, 0});
            for (CheckedBootstrap.Listed listed : house.bootstrap().fragments()) {
                all.writeBytes(
                        ForeignHds.mediaData(house.fragment(listed.number())).toArray());
            }
            Files.write(flv, all.toByteArray());
            Ffmpeg.ffmpeg("-xerror", "-i", flv.toString(), "-f", "null", "-").clean();
            String packets = Ffmpeg.ffprobe(
                            "-show_entries", "packet=stream_index,dts", "-of", "csv=p=0", flv.toString())
                    .clean()
                    .text();
            Map<String, Long> last = new HashMap<>();
            int count = 0;
            for (String line : packets.lines().toList()) {
                String[] fields = line.split(",", -1);
                Long before = last.put(fields[0], Long.parseLong(fields[1]));
                assertTrue(before == null || before < last.get(fields[0]), line);
                count++;
            }
            assertTrue(count > 2 * 18 * 70, "packets " + count);
        }
    }

    private static void assertSame(List<Tag> theirs, List<Tag> ours, long offsetMs) {
        assertEquals(theirs.size(), ours.size());
        for (int i = 0; i < theirs.size(); i++) {
            assertEquals(theirs.get(i).timestampMs(), ours.get(i).timestampMs() + offsetMs);
            assertEquals(theirs.get(i).data(), ours.get(i).data());
        }
    }

    private static List<Tag> video(List<Tag> tags) {
        Predicate<Tag> frame = tag -> tag.isVideo() && !tag.isConfiguration();
        return tags.stream().filter(frame).toList();
    }

    private Path film() {
        Path film = folder.resolve("film.flv");
        Ffmpeg.ffmpeg(("-f lavfi -i testsrc2=size=320x180:rate=25 -f lavfi -i sine=frequency=440:sample_rate=48000"
                                + " -t 18 -c:v libx264 -preset ultrafast -b:v 300k -g 50 -keyint_min 50 -sc_threshold 0"
                                + " -bf 2 -pix_fmt yuv420p -c:a aac -b:a 64k -y " + film)
                        .split(" "))
                .clean();
        return film;
    }
}

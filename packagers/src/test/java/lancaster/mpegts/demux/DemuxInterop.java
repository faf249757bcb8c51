package lancaster.mpegts.demux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lancaster.bytes.Bytes;
import lancaster.kit.Ffmpeg;
import lancaster.media.AccessUnit;
import lancaster.media.Track;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Another demultiplexer finds the same access units in the same streams. */
@Tag("interop")
class DemuxInterop {
    @TempDir
    Path folder;

    /** The last picture may be held back, because nothing says that it is complete. */
    @ParameterizedTest
    @CsvSource({
        "ffmpeg, 0x100, 0x101",
        "ffmpeg-intra-refresh, 0x100, 0x101",
        "ffmpeg-interlaced-cbr, 0x100, 0x101",
        "ffmpeg-two-programs, 0x101, 0x104",
        "gstreamer, 0x41, 0x42",
        "vlc, 0x64, 0xc8"
    })
    void ffprobeFindsTheSameTimes(String name, String videoPid, String audioPid) throws IOException {
        Bytes stream = RecordedStreamsTest.recorded(name);
        Path file = Files.write(folder.resolve(name + ".ts"), stream.toArray());
        Demuxed demuxed = Demuxed.of(stream);
        List<String> pictures = probed(file, videoPid, true);
        List<String> ours = listed(demuxed.units(Track.VIDEO), true);
        assertEquals(pictures.subList(0, ours.size()), ours);
        assertEquals(pictures.size(), ours.size(), 1);
        assertEquals(probed(file, audioPid, false), listed(demuxed.units(Track.AUDIO), false));
    }

    private static List<String> listed(List<AccessUnit> units, boolean pictures) {
        List<String> lines = new ArrayList<>();
        for (AccessUnit unit : units) {
            lines.add(pictures ? unit.pts90k() + "," + unit.dts90k() + "," + unit.randomAccess() : "" + unit.pts90k());
        }
        return lines;
    }

    private static List<String> probed(Path file, String pid, boolean pictures) {
        String text = Ffmpeg.ffprobe(
                        "-select_streams",
                        "i:" + pid,
                        "-show_entries",
                        "packet=pts,dts,flags",
                        "-of",
                        "csv=p=0",
                        file.toString())
                .text();
        List<String> lines = new ArrayList<>();
        for (String line : text.lines().filter(each -> !each.isBlank()).toList()) {
            String[] fields = line.split(",", -1);
            lines.add(pictures ? fields[0] + "," + fields[1] + "," + fields[2].startsWith("K") : fields[0]);
        }
        return lines;
    }
}

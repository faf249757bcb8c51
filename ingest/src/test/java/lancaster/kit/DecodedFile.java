package lancaster.kit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * A file that ffmpeg decoded without so much as a warning, the decoding times of each stream rising.
 *
 * @param packets how many packets each stream has, by its index
 */
public record DecodedFile(Map<Integer, Integer> packets) {
    public static DecodedFile of(Path file) {
        String input = file.toString();
        Ffmpeg.ffmpeg("-v", "warning", "-xerror", "-i", input, "-f", "null", "-")
                .clean();
        Ffmpeg.Result listed = Ffmpeg.ffprobe(
                        "-v", "warning", "-show_entries", "packet=stream_index,dts", "-of", "csv=p=0", input)
                .clean();
        Map<Integer, Long> lastDts = new TreeMap<>();
        Map<Integer, Integer> packets = new TreeMap<>();
        for (String line : listed.text().lines().toList()) {
            String[] fields = line.split(",", -1);
            int stream = Integer.parseInt(fields[0]);
            long dts = Long.parseLong(fields[1]);
            assertTrue(dts > lastDts.getOrDefault(stream, Long.MIN_VALUE), "dts " + dts + " of stream " + stream);
            lastDts.put(stream, dts);
            packets.merge(stream, 1, Integer::sum);
        }
        return new DecodedFile(packets);
    }
}

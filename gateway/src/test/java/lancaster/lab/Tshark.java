package lancaster.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lancaster.kit.Requirement;

/** What Wireshark's dissectors read in a file of TS packets, or in a capture of datagrams. */
public final class Tshark {
    private final List<String> command;

    private Tshark(Path file, List<String> options) {
        command = new ArrayList<>(List.of(Requirement.program("tshark").toString(), "-r", file.toString()));
        command.addAll(options);
    }

    /** Every TS packet is a frame. */
    public static Tshark ofPackets(Path file) {
        return new Tshark(file, List.of());
    }

    /** Every datagram is a frame, with the fields of several TS packets. */
    public static Tshark ofDatagrams(Path file, int port, boolean isRtp) {
        return ofDatagrams(file, port, isRtp ? "rtp" : "mp2t");
    }

    /** @param protocol what goes to the port */
    static Tshark ofDatagrams(Path file, int port, String protocol) {
        return new Tshark(file, List.of("-d", "udp.port==" + port + "," + protocol));
    }

    /** A row for each frame that matches, without those that have none of these fields; absent ones are empty. */
    public List<List<String>> rows(String filter, String... fields) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of("-Y", filter, "-T", "fields"));
        for (String field : fields) {
            all.addAll(List.of("-e", field));
        }
        return output(all)
                .lines()
                .map(line -> List.of(line.split("\t", -1)))
                .filter(row -> row.stream().anyMatch(value -> !value.isEmpty()))
                .toList();
    }

    /** Of the frames that match, the values of a field. */
    public List<String> values(String filter, String field) throws IOException, InterruptedException {
        return rows(filter, field).stream()
                .flatMap(row -> List.of(row.get(0).split(",", -1)).stream())
                .toList();
    }

    /** A table such as {@code rtp,streams}. */
    public String table(String name) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of("-q", "-z", name));
        return output(all);
    }

    private static String output(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), command::toString);
        return text;
    }
}

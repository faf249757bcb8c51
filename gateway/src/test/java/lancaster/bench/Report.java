package lancaster.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The table of a run: printed, and written to target/bench. */
final class Report {
    /** Whom the gateway is compared with. */
    private final String other;

    private final List<Figure> figures = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    Report(String other) {
        this.other = other;
    }

    void add(Figure figure) {
        figures.add(figure);
    }

    /** A sentence below the table. */
    void note(String sentence) {
        notes.add(sentence);
    }

    /** Writes and prints it, where there is anything in it: what another run left stays otherwise. */
    void publish(Path folder) throws IOException {
        if (!figures.isEmpty()) {
            write(folder);
            System.out.println(table());
        }
    }

    private void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("results.md"), table());
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Figure figure : figures) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("what", figure.what());
            row.put(other, figure.theirs());
            row.put("lancaster", figure.lancaster());
            row.put("samples", figure.samples());
            row.put("goal", figure.goal());
            row.put("met", figure.met());
            rows.add(row);
        }
        new ObjectMapper()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .writeValue(folder.resolve("results.json").toFile(), Map.of("figures", rows, "notes", notes));
    }

    private String table() {
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"what", other, "Lancaster", "goal", ""});
        for (Figure f : figures) {
            rows.add(new String[] {f.what(), f.theirs(), f.lancaster(), f.goal(), f.metText()});
        }
        int[] widths = new int[rows.get(0).length];
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (int r = 0; r < rows.size(); r++) {
            for (int i = 0; i < widths.length; i++) {
                text.append("| ").append(rows.get(r)[i]).append(" ".repeat(widths[i] - rows.get(r)[i].length() + 1));
            }
            text.append("|\n");
            if (r == 0) {
                for (int width : widths) {
                    text.append("|").append("-".repeat(width + 2));
                }
                text.append("|\n");
            }
        }
        text.append('\n');
        notes.forEach(note -> text.append("- ").append(note).append('\n'));
        return text.toString();
    }
}

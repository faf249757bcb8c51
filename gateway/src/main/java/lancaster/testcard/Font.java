package lancaster.testcard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Letters of five by nine dots, the lowest two for descenders, drawn at any size with round corners. */
final class Font {
    /** Dots from one letter's left edge to the next one's. */
    static final int ADVANCE = 6;
    /** Dots from the top to the base line. */
    static final int ASCENT = 7;

    private static final int COLUMNS = 5;
    private static final int ROWS = 9;
    private static final char UNKNOWN = '?';
    /** Less than a half, so that dots which touch at their corners hang together. */
    private static final double EDGE = 0.38;

    private final Map<Character, List<String>> glyphs = new HashMap<>();

    Font() {
        List<String> lines = resource();
        for (int top = 0; top + ROWS < lines.size(); top += ROWS + 1) {
            String letters = lines.get(top);
            for (int i = 0; i < letters.length(); i += ADVANCE) {
                int from = i;
                List<String> rows = lines.subList(top + 1, top + 1 + ROWS).stream()
                        .map(line -> line.substring(from, from + COLUMNS))
                        .toList();
                glyphs.put(letters.charAt(i), rows);
            }
        }
    }

    private static List<String> resource() {
        try (InputStream in = Objects.requireNonNull(Font.class.getResourceAsStream("font.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Pixels that a text is wide when a dot is {@code scale} pixels. */
    static int width(String text, int scale) {
        return text.isEmpty() ? 0 : (text.length() * ADVANCE - 1) * scale;
    }

    Mask mask(String text, int scale) {
        Mask mask = new Mask(Math.max(1, width(text, scale)), ROWS * scale);
        for (int y = 0; y < mask.height(); y++) {
            for (int x = 0; x < mask.width(); x++) {
                // One pixel is crisp: no room for a curve.
                mask.set(
                        x,
                        y,
                        scale == 1
                                ? dot(text, x, y)
                                : ink(text, (x + 0.5) / scale - 0.5, (y + 0.5) / scale - 0.5, scale));
            }
        }
        return mask;
    }

    /** Interpolates between the four dots around a point; the edge lies where {@link #EDGE} of the ink is left. */
    private double ink(String text, double x, double y, int scale) {
        int column = (int) Math.floor(x);
        int row = (int) Math.floor(y);
        double right = x - column;
        double down = y - row;
        double ink = (1 - down) * ((1 - right) * dot(text, column, row) + right * dot(text, column + 1, row))
                + down * ((1 - right) * dot(text, column, row + 1) + right * dot(text, column + 1, row + 1));
        return (ink - EDGE) * scale + 0.5;
    }

    private int dot(String text, int column, int row) {
        if (column < 0 || row < 0 || row >= ROWS || column / ADVANCE >= text.length() || column % ADVANCE == COLUMNS) {
            return 0;
        }
        char letter = text.charAt(column / ADVANCE);
        if (letter == ' ') {
            return 0;
        }
        List<String> rows = Objects.requireNonNull(glyphs.getOrDefault(letter, glyphs.get(UNKNOWN)));
        return rows.get(row).charAt(column % ADVANCE) == '#' ? 1 : 0;
    }
}

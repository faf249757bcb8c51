package lancaster.testcard;

import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The picture: colour bars, a grey scale, the stream's name, the clock with its frame counter, a ball that crosses the
 * screen once a second and a lamp that is lit while the beep sounds. Only what moves is drawn anew.
 */
final class TestPicture {
    static final int WIDTH = 480;
    static final int HEIGHT = 272;
    static final int FRAMES_PER_SECOND = 25;
    static final int FRAME_MS = 1000 / FRAMES_PER_SECOND;

    private static final Colour GROUND = Colour.rgb(0x12161C);
    private static final Colour TRACK = Colour.rgb(0x2A323D);
    private static final Colour WHITE = Colour.rgb(0xF4F6F8);
    private static final Colour PALE = Colour.rgb(0x8C98A6);
    private static final Colour ACCENT = Colour.rgb(0xFFB020);
    /** 75 % bars, as ITU-R BT.471 orders them. */
    private static final int[] BARS = {0xBFBFBF, 0xBFBF00, 0x00BFBF, 0x00BF00, 0xBF00BF, 0xBF0000, 0x0000BF};

    private static final int BARS_HEIGHT = 96;
    private static final int GREYS = 16;
    private static final int NAME_TOP = 124;
    private static final int NAME_SCALE = 3;
    private static final int CLOCK_TOP = 160;
    private static final int CLOCK_SCALE = 7;
    private static final int COUNTER_SCALE = 4;
    private static final int CLOCK_GAP = 18;
    /** The track lies in one line of macroblocks: what moves costs few of them. */
    private static final int TRACK_TOP = 224;

    private static final int TRACK_MARGIN = 32;
    private static final int BALL = 14;
    private static final int FOOTER_TOP = 252;
    /** The lamp goes out after the beep's 100 ms. */
    private static final int LAMP_FRAMES = 3;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter FOOTER = DateTimeFormatter.ofPattern(
            "'Lancaster test card · " + WIDTH + "×" + HEIGHT + " · " + FRAMES_PER_SECOND
                    + " frames a second · 'uuuu-MM-dd 'UTC'xxx",
            Locale.ROOT);

    private final String name;
    private final Canvas canvas = new Canvas(WIDTH, HEIGHT);
    private final Font font = new Font();
    private final Mask ball = Mask.disc(BALL);
    private final Map<String, Mask> masks = new HashMap<>();
    private @Nullable LocalDate drawnDate;

    TestPicture(String name) {
        this.name = name;
    }

    /** The picture of a moment, which is a multiple of {@link #FRAME_MS} milliseconds; the next call changes it. */
    Canvas draw(ZonedDateTime moment) {
        if (!moment.toLocalDate().equals(drawnDate)) {
            drawnDate = moment.toLocalDate();
            drawBackground(FOOTER.format(moment));
        }
        int frame = moment.getNano() / 1_000_000 / FRAME_MS;
        drawClock(TIME.format(moment), String.format(Locale.ROOT, "%02d", frame));
        drawTrack(frame);
        return canvas;
    }

    private void drawBackground(String footer) {
        canvas.fill(0, 0, WIDTH, HEIGHT, GROUND);
        for (int i = 0; i < BARS.length; i++) {
            int from = edge(i, BARS.length);
            canvas.fill(from, 0, edge(i + 1, BARS.length) - from, BARS_HEIGHT, Colour.rgb(BARS[i]));
        }
        for (int i = 0; i < GREYS; i++) {
            int from = edge(i, GREYS);
            int level = 255 * i / (GREYS - 1);
            canvas.fill(from, BARS_HEIGHT, edge(i + 1, GREYS) - from, 16, Colour.rgb(level * 0x010101));
        }
        int scale = NAME_SCALE;
        while (scale > 1 && Font.width(name, scale) > WIDTH - 32) {
            scale--;
        }
        String shown = name.substring(0, Math.min(name.length(), (WIDTH - 32) / Font.ADVANCE));
        int top = NAME_TOP + (NAME_SCALE - scale) * Font.ASCENT / 2;
        canvas.paint(font.mask(shown, scale), (WIDTH - Font.width(shown, scale)) / 2, top, WHITE);
        canvas.paint(font.mask(footer, 1), (WIDTH - Font.width(footer, 1)) / 2, FOOTER_TOP, PALE);
    }

    /** The even column at which part {@code i} of {@code count} equal parts begins. */
    private static int edge(int i, int count) {
        return i * WIDTH / count & ~1;
    }

    private void drawClock(String time, String counter) {
        int timeWidth = Font.width(time, CLOCK_SCALE);
        int counterWidth = Font.width(counter, COUNTER_SCALE);
        int left = (WIDTH - timeWidth - CLOCK_GAP - counterWidth) / 2;
        canvas.fill(0, CLOCK_TOP, WIDTH, Font.ASCENT * CLOCK_SCALE + 1, GROUND);
        write(time, CLOCK_SCALE, left, CLOCK_TOP, WHITE);
        int counterTop = CLOCK_TOP + Font.ASCENT * (CLOCK_SCALE - COUNTER_SCALE);
        write(counter, COUNTER_SCALE, left + timeWidth + CLOCK_GAP, counterTop, ACCENT);
    }

    /** Writes letter by letter, so that the masks of ten digits serve all times. */
    private void write(String text, int scale, int x, int y, Colour colour) {
        for (int i = 0; i < text.length(); i++) {
            String letter = text.substring(i, i + 1);
            Mask mask = masks.computeIfAbsent(letter + scale, key -> font.mask(letter, scale));
            canvas.paint(mask, x + i * Font.ADVANCE * scale, y, colour);
        }
    }

    private void drawTrack(int frame) {
        canvas.fill(0, TRACK_TOP, WIDTH, 16, GROUND);
        int length = WIDTH - 2 * TRACK_MARGIN;
        canvas.fill(TRACK_MARGIN, TRACK_TOP + 7, length, 2, TRACK);
        boolean beeps = frame < LAMP_FRAMES;
        canvas.paint(ball, TRACK_MARGIN - BALL - 8, TRACK_TOP + 1, beeps ? WHITE : TRACK);
        int x = TRACK_MARGIN + (length - BALL) * frame / (FRAMES_PER_SECOND - 1);
        canvas.paint(ball, x, TRACK_TOP + 1, ACCENT);
    }
}

package lancaster.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import lancaster.bytes.Bytes;

/**
 * Incremental parsers must not care how the network cuts their input. {@link #assertSplitsDontMatter} parses an input
 * whole, cut in two at every byte, byte by byte, and in random pieces, and demands the same result.
 */
public final class Splits {
    private static final int RANDOM_RUNS = 20;
    /** Beyond this input length not every byte is a cut, but this many evenly spread ones. */
    private static final int MAX_CUTS = 2_000;

    private Splits() {}

    /**
     * @param parse takes the pieces in order, each a fresh direct or heap buffer that dies after use, and gives what
     *     came out as text
     */
    public static void assertSplitsDontMatter(Bytes input, Function<List<ByteBuffer>, String> parse) {
        String whole = parse.apply(List.of(piece(input, 0, input.length())));
        int step = Math.max(1, input.length() / MAX_CUTS);
        for (int cut = 0; cut <= input.length(); cut += step) {
            List<ByteBuffer> two = List.of(piece(input, 0, cut), piece(input, cut, input.length()));
            int at = cut;
            assertEquals(whole, parse.apply(two), () -> "cut at byte " + at);
        }
        assertEquals(whole, parse.apply(pieces(input, () -> 1)), "byte by byte");
        for (int seed = 0; seed < RANDOM_RUNS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int largest = 1 << random.nextInt(1, 12);
            int used = seed;
            assertEquals(
                    whole,
                    parse.apply(pieces(input, () -> random.nextInt(1, largest + 1))),
                    () -> "random pieces, seed " + used);
        }
    }

    private static List<ByteBuffer> pieces(Bytes input, java.util.function.IntSupplier size) {
        List<ByteBuffer> pieces = new ArrayList<>();
        for (int at = 0; at < input.length(); ) {
            int end = Math.min(input.length(), at + size.getAsInt());
            pieces.add(piece(input, at, end));
            at = end;
        }
        return pieces;
    }

    /** A direct buffer with room before and behind, so that a parser which keeps it or reads past it is caught. */
    private static ByteBuffer piece(Bytes input, int from, int to) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(to - from + 7);
        buffer.position(3);
        input.slice(from, to - from).putTo(buffer);
        buffer.limit(buffer.position()).position(3);
        return buffer;
    }
}

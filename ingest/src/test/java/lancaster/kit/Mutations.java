package lancaster.kit;

import java.util.SplittableRandom;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;

/** Valid input made invalid in the ways that find faults in parsers: it reaches deep because most of it is right. */
public final class Mutations {
    private static final int MAX_EDITS = 8;
    private static final int[] TELLING = {0, 1, 0x7F, 0x80, 0xFE, 0xFF};

    private Mutations() {}

    /** One to eight bytes or pieces changed, taken out, put in, repeated, or the end cut off. */
    public static Bytes mutate(Bytes valid, SplittableRandom random) {
        Bytes mutated = valid;
        for (int edits = random.nextInt(1, MAX_EDITS + 1); edits > 0 && !mutated.isEmpty(); edits--) {
            mutated = edit(mutated, random);
        }
        return mutated;
    }

    private static Bytes edit(Bytes input, SplittableRandom random) {
        int at = random.nextInt(input.length());
        int end = Math.min(input.length(), at + random.nextInt(1, 16));
        Bytes head = input.slice(0, at);
        Bytes piece = input.slice(at, end - at);
        Bytes tail = input.slice(end);
        return switch (random.nextInt(7)) {
            case 0 -> Bytes.concat(head, flip(piece, random), tail);
            case 1 -> Bytes.concat(head, Bytes.of(TELLING[random.nextInt(TELLING.length)]), input.slice(at + 1));
            case 2 -> Bytes.concat(head, tail);
            case 3 -> Bytes.concat(head, piece, piece, tail);
            case 4 -> Bytes.concat(head, noise(random), input.slice(at));
            case 5 -> Bytes.concat(tail, head);
            default -> head;
        };
    }

    private static Bytes flip(Bytes piece, SplittableRandom random) {
        byte[] array = piece.toArray();
        array[random.nextInt(array.length)] ^= (byte) (1 << random.nextInt(8));
        return Bytes.wrap(array);
    }

    private static Bytes noise(SplittableRandom random) {
        ByteWriter out = new ByteWriter();
        for (int i = random.nextInt(1, 8); i > 0; i--) {
            out.u8(random.nextInt(256));
        }
        return out.bytes();
    }
}

package lancaster.codec.aac;

import lancaster.bytes.BitReader;
import lancaster.bytes.BitWriter;
import lancaster.bytes.Bytes;

/**
 * A program_config_element (§4.4.1.1, Table 4.2): the channels one by one, where no channelConfiguration fits.
 *
 * @param channels how many channels its elements carry
 * @param element the element as a raw data block may begin with it, behind its ID_PCE, without the comment; empty for
 *     {@link #NONE}
 */
public record ProgramConfig(int channels, Bytes element) {
    static final ProgramConfig NONE = new ProgramConfig(0, Bytes.EMPTY);

    static final int ID_PCE = 5;

    /** Reads the element of a configuration and writes it anew on the way: alignment counts from another bit there. */
    static ProgramConfig read(BitReader in, int totalBits) {
        BitWriter out = new BitWriter().bits(ID_PCE, 3);
        int channels = copyChannels(in, out);
        skipComment(in, totalBits);
        return new ProgramConfig(channels, withoutComment(out));
    }

    /**
     * The other way: reads the element that a raw data block begins with, behind its ID_PCE, into a configuration.
     *
     * @param out holds the configuration up to where the element belongs
     * @return the whole configuration
     */
    static Bytes readInto(BitWriter out, BitReader in, int totalBits) {
        copyChannels(in, out);
        skipComment(in, totalBits);
        return withoutComment(out);
    }

    private static int copyChannels(BitReader in, BitWriter out) {
        copy(in, out, 10);
        int front = copy(in, out, 4);
        int side = copy(in, out, 4);
        int back = copy(in, out, 4);
        int lfe = copy(in, out, 2);
        int associatedData = copy(in, out, 3);
        int coupling = copy(in, out, 4);
        copyIfPresent(in, out, 4);
        copyIfPresent(in, out, 4);
        copyIfPresent(in, out, 3);
        int channels = lfe;
        for (int i = 0; i < front + side + back; i++) {
            boolean pair = copy(in, out, 1) == 1;
            copy(in, out, 4);
            channels += pair ? 2 : 1;
        }
        copy(in, out, 4 * lfe);
        copy(in, out, 4 * associatedData);
        for (int i = 0; i < coupling; i++) {
            copy(in, out, 5);
        }
        return channels;
    }

    private static void skipComment(BitReader in, int totalBits) {
        int position = totalBits - in.remaining();
        in.bits((8 - position % 8) % 8);
        for (int comment = in.intBits(8); comment > 0; comment--) {
            in.bits(8);
        }
    }

    private static Bytes withoutComment(BitWriter out) {
        return Bytes.concat(out.bytes(), Bytes.of(0));
    }

    private static int copy(BitReader in, BitWriter out, int count) {
        int value = in.intBits(count);
        out.bits(value, count);
        return value;
    }

    private static void copyIfPresent(BitReader in, BitWriter out, int count) {
        if (copy(in, out, 1) == 1) {
            copy(in, out, count);
        }
    }
}

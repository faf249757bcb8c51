package lancaster.bench.load;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Puts the server's chunks together again; replies are small, so a chunk is waited for as a whole. */
final class Replies {
    private static final int[] HEADER_BYTES = {11, 7, 3, 0};
    private static final int CHUNK_STREAMS = 64;

    /** Is told each whole message. */
    interface Listener {
        void onReply(int type, byte[] body);
    }

    private final Listener listener;
    private final int[] length = new int[CHUNK_STREAMS];
    private final int[] type = new int[CHUNK_STREAMS];
    private final byte[][] body = new byte[CHUNK_STREAMS][0];
    private int chunkSize = 128;

    Replies(Listener listener) {
        this.listener = listener;
    }

    /** Takes the whole chunks of {@code in} and leaves the rest in it. */
    void read(ByteBuffer in) {
        while (in.hasRemaining() && chunk(in)) {}
    }

    private boolean chunk(ByteBuffer in) {
        int start = in.position();
        int first = in.get() & 0xff;
        int format = first >> 6;
        int id = first & 63;
        if (id < 2) {
            throw new IllegalStateException("a server that answers on chunk stream 64 or above is not expected");
        }
        if (in.remaining() < HEADER_BYTES[format]) {
            in.position(start);
            return false;
        }
        boolean extended = false;
        int announced = length[id];
        int kind = type[id];
        if (format < 3) {
            int word = in.getInt(in.position() - 1);
            extended = (word & 0xffffff) == 0xffffff;
            in.position(in.position() + 3);
        }
        if (format < 2) {
            announced = ((in.getShort() & 0xffff) << 8) | (in.get() & 0xff);
            kind = in.get();
            in.position(in.position() + (format == 0 ? 4 : 0));
        }
        int part = Math.min(chunkSize, announced - body[id].length);
        if (in.remaining() < part + (extended ? 4 : 0)) {
            in.position(start);
            return false;
        }
        in.position(in.position() + (extended ? 4 : 0));
        length[id] = announced;
        type[id] = kind;
        append(in, id, part);
        return true;
    }

    private void append(ByteBuffer in, int id, int part) {
        int had = body[id].length;
        byte[] all = Arrays.copyOf(body[id], had + part);
        in.get(all, had, part);
        body[id] = all;
        if (all.length < length[id]) {
            return;
        }
        body[id] = new byte[0];
        if (type[id] == 1) {
            chunkSize = ByteBuffer.wrap(all).getInt() & 0x7fffffff;
        }
        listener.onReply(type[id], all);
    }
}

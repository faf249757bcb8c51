package lancaster.bench.load;

import java.nio.ByteBuffer;

/** Cuts messages into chunks (RTMP §5.3). */
final class Chunks {
    /** What a publisher announces before its first message and keeps to. */
    static final int SIZE = 4096;

    static final int HEADER_BYTES = 12;

    private Chunks() {}

    /** How many bytes a body takes once the one-byte headers of its continuations are in it. */
    static int chunkedLength(int bodyLength) {
        return bodyLength + Math.max(0, (bodyLength - 1) / SIZE);
    }

    /** Appends {@code body} with the headers of its continuations, without the header of its first chunk. */
    static void putBody(ByteBuffer to, int chunkStream, byte[] body, int offset, int length) {
        for (int done = 0; done < length; ) {
            if (done > 0) {
                to.put((byte) (0xc0 | chunkStream));
            }
            int part = Math.min(SIZE, length - done);
            to.put(body, offset + done, part);
            done += part;
        }
    }

    /** Appends a header of type 0. */
    static void putHeader(ByteBuffer to, int chunkStream, long timestampMs, int length, int type, int messageStream) {
        to.put((byte) chunkStream);
        to.putInt(((int) Math.min(timestampMs, 0xfffffe) << 8) | (length >> 16));
        to.putShort((short) length);
        to.put((byte) type);
        to.putInt(Integer.reverseBytes(messageStream));
    }

    /** One whole message. */
    static ByteBuffer message(int chunkStream, int type, int messageStream, byte[] body) {
        ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + chunkedLength(body.length));
        putHeader(out, chunkStream, 0, body.length, type, messageStream);
        putBody(out, chunkStream, body, 0, body.length);
        return out.flip();
    }
}

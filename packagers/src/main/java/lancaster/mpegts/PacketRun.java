package lancaster.mpegts;

import lancaster.bytes.ByteSink;

/** Packets one behind the other in one array that is used again and again; the sink gets them in long runs. */
final class PacketRun {
    /** A little more than 64 KiB. */
    private static final int CAPACITY = 350 * TsPacket.SIZE;

    private static final ByteSink NOWHERE = (array, offset, length) -> {
        throw new IllegalStateException("no segment is open");
    };

    private final byte[] array = new byte[CAPACITY];
    private int length;
    private ByteSink out = NOWHERE;

    /** Begins anew; what was not flushed is gone. */
    void to(ByteSink sink) {
        out = sink;
        length = 0;
    }

    byte[] array() {
        return array;
    }

    /** Where the next packet is to be written. */
    int next() {
        if (length == CAPACITY) {
            flush();
        }
        int at = length;
        length += TsPacket.SIZE;
        return at;
    }

    void flush() {
        if (length > 0) {
            out.write(array, 0, length);
            length = 0;
        }
    }

    void close() {
        flush();
        out = NOWHERE;
    }
}

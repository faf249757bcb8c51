package lancaster.mpegts;

import lancaster.bytes.Bytes;

/** What stands before the media of a PES packet, its header first: put together, then read in pieces. */
final class PesHead {
    private final PesHeader header;
    private final byte[] array;
    private int length;
    private int read;

    /** @param more bytes at most behind the header */
    PesHead(int streamId, int more) {
        header = new PesHeader(streamId);
        array = new byte[PesHeader.MAX_SIZE + more];
    }

    /** Begins with the header of a packet of {@code payloadLength} bytes; how long the packet is with it. */
    int begin(long pts, long dts, int payloadLength) {
        restart();
        length = header.fill(pts, dts, payloadLength);
        System.arraycopy(header.array(), 0, array, 0, length);
        return length + payloadLength;
    }

    /** Begins with nothing, within a packet. */
    void restart() {
        length = 0;
        read = 0;
    }

    void add(Bytes bytes) {
        bytes.copyTo(0, array, length, bytes.length());
        length += bytes.length();
    }

    /** So many bytes from the place that is returned on in {@link #array} are the caller's to write. */
    int add(int bytes) {
        int at = length;
        length += bytes;
        return at;
    }

    byte[] array() {
        return array;
    }

    /** Copies at most {@code wanted} bytes; how many, and none once all are read. */
    int read(byte[] target, int at, int wanted) {
        int part = Math.min(wanted, length - read);
        System.arraycopy(array, read, target, at, part);
        read += part;
        return part;
    }
}

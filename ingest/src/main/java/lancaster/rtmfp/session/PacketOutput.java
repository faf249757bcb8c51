package lancaster.rtmfp.session;

import java.net.InetSocketAddress;
import lancaster.rtmfp.crypto.PacketCipher;
import lancaster.rtmfp.packet.PacketWriter;

/**
 * The way out of an endpoint: one array that all its packets are assembled in, another that they are encrypted into, and
 * the multiplex around them (RFC 7016 §2.2.2).
 */
final class PacketOutput {
    static final int SESSION_ID_BYTES = 4;
    private static final int WORD_BYTES = 4;

    private final PacketSink sink;
    private final PacketWriter writer;
    private final int capacityBytes;
    private byte[] datagram;
    private long packets;
    private long bytes;

    PacketOutput(PacketSink sink, int capacityBytes) {
        this.sink = sink;
        this.capacityBytes = capacityBytes;
        this.writer = new PacketWriter(capacityBytes);
        this.datagram = new byte[SESSION_ID_BYTES + capacityBytes];
    }

    /** Where the next packet is assembled. */
    PacketWriter writer() {
        return writer;
    }

    long packets() {
        return packets;
    }

    long bytes() {
        return bytes;
    }

    /** Sends what is in the writer and returns how many bytes the datagram has. */
    int send(PacketCipher cipher, long sessionId, InetSocketAddress to, boolean timeCritical) {
        int needed = SESSION_ID_BYTES + capacityBytes + cipher.maxOverheadBytes();
        if (datagram.length < needed) {
            datagram = new byte[needed];
        }
        int sealed = cipher.seal(writer.array(), writer.offset(), writer.length(), datagram, SESSION_ID_BYTES);
        int scrambled = scramble((int) sessionId, datagram, SESSION_ID_BYTES, sealed);
        for (int i = 0; i < SESSION_ID_BYTES; i++) {
            datagram[i] = (byte) (scrambled >>> (24 - 8 * i));
        }
        int length = SESSION_ID_BYTES + sealed;
        packets++;
        bytes += length;
        sink.send(datagram, 0, length, to, timeCritical);
        return length;
    }

    /** Mixes a session ID with the first two words of the encrypted packet, or takes that apart again. */
    static int scramble(int sessionId, byte[] encrypted, int offset, int length) {
        return sessionId ^ word(encrypted, offset, length) ^ word(encrypted, offset + WORD_BYTES, length - WORD_BYTES);
    }

    /** As if zeros followed an encrypted packet that is too short. */
    private static int word(byte[] array, int offset, int length) {
        int word = 0;
        for (int i = 0; i < WORD_BYTES; i++) {
            word = word << Byte.SIZE | (i < length ? array[offset + i] & 0xFF : 0);
        }
        return word;
    }
}

package lancaster.sap;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;

/**
 * An announcement or deletion of a session (§6).
 *
 * @param messageIdHash with the origin it names one version of a session; not 0
 * @param origin the announcer's address: 4 or 16 bytes
 * @param payloadType a MIME type; {@code application/sdp} where the packet doesn't say
 */
public record SapPacket(boolean deletion, int messageIdHash, Bytes origin, String payloadType, Bytes payload) {
    public static final int PORT = 9875;
    public static final String SDP = "application/sdp";
    /** Nothing that is announced is longer; §6 asks for less than 1 kB. */
    static final int MAX_PAYLOAD = 16 << 10;

    private static final int VERSION = 1;
    private static final int IPV6 = 0x10;
    private static final int DELETION = 0x04;
    private static final int ENCRYPTED = 0x02;
    private static final int COMPRESSED = 0x01;
    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;
    private static final int HEAD = 4;
    private static final int WORD = 4;
    private static final int MAX_TYPE = 255;
    private static final Bytes SDP_BEGIN = Bytes.of('v', '=', '0');

    /** Announces this version of a session. */
    public static SapPacket announcement(Bytes origin, Bytes sdp) {
        return new SapPacket(false, hash(sdp), origin, SDP, sdp);
    }

    /** Takes an announcement back: with the same hash, from the same origin. */
    public SapPacket deleted() {
        return new SapPacket(true, messageIdHash, origin, payloadType, payload);
    }

    /** The packet in a datagram; empty where it is malformed, encrypted, or unpacks to too much. */
    public static Optional<SapPacket> parse(Bytes datagram) {
        if (datagram.length() < HEAD || datagram.u8(0) >> 5 != VERSION) {
            return Optional.empty();
        }
        int flags = datagram.u8(0);
        int originBytes = (flags & IPV6) != 0 ? IPV6_BYTES : IPV4_BYTES;
        int start = HEAD + originBytes + datagram.u8(1) * WORD;
        if ((flags & ENCRYPTED) != 0 || start > datagram.length()) {
            return Optional.empty();
        }
        Bytes origin = datagram.slice(HEAD, originBytes);
        Bytes body = datagram.slice(start);
        Optional<Bytes> plain = (flags & COMPRESSED) != 0 ? inflate(body) : Optional.of(body);
        boolean deletion = (flags & DELETION) != 0;
        int hash = datagram.u16(2);
        return plain.flatMap(content -> of(deletion, hash, origin, content));
    }

    public Bytes bytes() {
        boolean ipv6 = origin.length() == IPV6_BYTES;
        if (!ipv6 && origin.length() != IPV4_BYTES) {
            throw new IllegalArgumentException("an address of " + origin.length() + " bytes");
        }
        return new ByteWriter()
                .u8(VERSION << 5 | (ipv6 ? IPV6 : 0) | (deletion ? DELETION : 0))
                .u8(0)
                .u16(messageIdHash)
                .bytes(origin)
                .ascii(payloadType)
                .u8(0)
                .bytes(payload)
                .bytes();
    }

    private static Optional<SapPacket> of(boolean deletion, int hash, Bytes origin, Bytes content) {
        // Old announcers write no type (§6): the description begins at once.
        if (content.startsWith(SDP_BEGIN) || content.startsWith(Bytes.of('o', '='))) {
            return Optional.of(new SapPacket(deletion, hash, origin, SDP, content));
        }
        int end = 0;
        while (end < content.length() && content.u8(end) != 0) {
            end++;
        }
        if (end == content.length()) {
            // A deletion may name the session by origin and hash alone.
            return deletion && end == 0
                    ? Optional.of(new SapPacket(true, hash, origin, SDP, Bytes.EMPTY))
                    : Optional.empty();
        }
        if (end > MAX_TYPE) {
            return Optional.empty();
        }
        String type = new String(content.slice(0, end).toArray(), StandardCharsets.US_ASCII);
        return Optional.of(new SapPacket(deletion, hash, origin, type.isEmpty() ? SDP : type, content.slice(end + 1)));
    }

    private static Optional<Bytes> inflate(Bytes packed) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(packed.toArray());
            byte[] out = new byte[MAX_PAYLOAD + MAX_TYPE];
            int length = 0;
            while (!inflater.finished()) {
                int count = inflater.inflate(out, length, out.length - length);
                if (count == 0) {
                    // It wants more input, a dictionary, or more room than there is.
                    return Optional.empty();
                }
                length += count;
            }
            return Optional.of(Bytes.wrap(out, 0, length));
        } catch (DataFormatException e) {
            return Optional.empty();
        } finally {
            inflater.end();
        }
    }

    /** Of the content, so that it changes with it; listeners may drop 0. */
    private static int hash(Bytes payload) {
        CRC32 crc = new CRC32();
        crc.update(payload.toArray());
        int folded = (int) (crc.getValue() >> 16 ^ crc.getValue()) & 0xFFFF;
        return folded == 0 ? 1 : folded;
    }
}

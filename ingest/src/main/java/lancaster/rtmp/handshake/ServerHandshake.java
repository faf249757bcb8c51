package lancaster.rtmp.handshake;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Scope;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of the handshake (§5.2): answers C0 and C1 with S0, S1 and S2, and skips C2. It takes memory for C1
 * only when C1 begins to arrive and none once it is answered, because connections that never go on are many.
 */
public final class ServerHandshake {
    /** What a signed S1 gives for its program version; clients look for a digest from 3 on. */
    private static final int PROGRAM_VERSION = 0x04_05_00_01;
    /** First byte of a TLS handshake record (RFC 8446 §5.1). */
    private static final int TLS_HANDSHAKE = 0x16;

    private static final String WHERE = "rtmp handshake";

    private final RandomGenerator random;
    private boolean versionSeen;
    private byte @Nullable [] c1;
    private int received;
    private boolean answered;

    public ServerHandshake(RandomGenerator random) {
        this.random = random;
    }

    /**
     * Takes from {@code in} what belongs to the handshake, cut anywhere, and hands the answer to {@code out}.
     *
     * @return whether the handshake is complete; what remains in {@code in} is chunk stream data
     * @throws ProtocolException of scope CONNECTION where the peer doesn't speak plain RTMP
     */
    public boolean onBytes(ByteBuffer in, Consumer<Bytes> out) {
        if (!versionSeen && in.hasRemaining()) {
            checkVersion(in.get() & 0xFF);
            versionSeen = true;
        }
        if (!answered) {
            receiveC1(in, out);
        }
        if (answered) {
            int skipped = Math.min(in.remaining(), HandshakePackets.SIZE - received);
            in.position(in.position() + skipped);
            received += skipped;
        }
        return answered && received == HandshakePackets.SIZE;
    }

    private void receiveC1(ByteBuffer in, Consumer<Bytes> out) {
        if (!in.hasRemaining()) {
            return;
        }
        byte[] packet = c1;
        if (packet == null) {
            packet = new byte[HandshakePackets.SIZE];
            c1 = packet;
        }
        int count = Math.min(in.remaining(), packet.length - received);
        in.get(packet, received, count);
        received += count;
        if (received == packet.length) {
            out.accept(answer(packet));
            answered = true;
            received = 0;
            c1 = null;
        }
    }

    /** S0, S1 and S2. A C1 without a valid digest is echoed bit by bit: librtmp compares. */
    private Bytes answer(byte[] packet) {
        Optional<DigestScheme> scheme = HandshakePackets.announcesDigest(packet)
                ? DigestScheme.of(packet, HandshakeKeys.CLIENT)
                : Optional.empty();
        byte[] s1 = HandshakePackets.first(scheme.isPresent() ? PROGRAM_VERSION : 0, random);
        byte[] s2 = packet;
        if (scheme.isPresent()) {
            scheme.get().sign(s1, HandshakeKeys.SERVER);
            s2 = HandshakePackets.random(random);
            HandshakeKeys.signSecond(s2, HandshakeKeys.SERVER_FULL, scheme.get().digest(packet));
        }
        return Bytes.concat(Bytes.of(HandshakePackets.VERSION), Bytes.wrap(s1), Bytes.wrap(s2));
    }

    private static void checkVersion(int version) {
        if (version == 6 || version == 8) {
            throw ProtocolException.unsupported(
                    Scope.CONNECTION, WHERE, "version " + version + " is RTMPE, encrypted RTMP; use rtmp or rtmps");
        }
        if (version == TLS_HANDSHAKE) {
            throw ProtocolException.unsupported(
                    Scope.CONNECTION, WHERE, "the peer speaks TLS on a port for plain RTMP");
        }
        if (version != HandshakePackets.VERSION) {
            throw ProtocolException.malformed(Scope.CONNECTION, WHERE, "version " + version + " in place of 3");
        }
    }
}

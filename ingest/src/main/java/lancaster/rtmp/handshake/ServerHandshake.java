package lancaster.rtmp.handshake;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Scope;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of the handshake (§5.2): answers C0 and C1 with S0, S1 and S2, and skips C2. It takes no memory but for
 * what has come of a C1 in pieces, because connections that never go on are many.
 */
public final class ServerHandshake {
    /** What a signed S1 gives for its program version; clients look for a digest from 3 on. */
    private static final int PROGRAM_VERSION = 0x04_05_00_01;
    /** First byte of a TLS handshake record (RFC 8446 §5.1). */
    private static final int TLS_HANDSHAKE = 0x16;

    private static final String WHERE = "rtmp handshake";

    private final RandomGenerator random;
    private boolean versionSeen;
    /** The part of C1 that has come, where it doesn't come in one piece. */
    private byte @Nullable [] partOfC1;
    /** Of C1 until that is answered, then of C2. */
    private int received;

    private boolean answered;

    public ServerHandshake(RandomGenerator random) {
        this.random = random;
    }

    /**
     * Takes from {@code in} what belongs to the handshake, cut anywhere, and writes the answer to {@code out}.
     *
     * @return whether the handshake is complete; what remains in {@code in} is chunk stream data
     * @throws ProtocolException of scope CONNECTION where the peer doesn't speak plain RTMP
     */
    public boolean onBytes(ByteBuffer in, HandshakeOutput out) {
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

    private void receiveC1(ByteBuffer in, HandshakeOutput out) {
        int count = Math.min(in.remaining(), HandshakePackets.SIZE - received);
        ByteBuffer piece = in.slice(in.position(), count);
        in.position(in.position() + count);
        if (count < HandshakePackets.SIZE) {
            piece = gather(piece);
        }
        if (piece.remaining() == HandshakePackets.SIZE) {
            answer(piece, out);
            answered = true;
            received = 0;
            partOfC1 = null;
        }
    }

    /** All of C1 that has come. */
    private ByteBuffer gather(ByteBuffer piece) {
        int count = piece.remaining();
        byte[] before = partOfC1;
        byte[] gathered = before == null ? new byte[count] : Arrays.copyOf(before, received + count);
        piece.get(gathered, received, count);
        received += count;
        partOfC1 = gathered;
        return ByteBuffer.wrap(gathered);
    }

    /** S0, S1 and S2. A C1 without a valid digest is echoed bit by bit: librtmp compares. */
    private void answer(ByteBuffer c1, HandshakeOutput out) {
        Optional<DigestScheme> scheme = Optional.empty();
        byte[] signedC1 = {};
        if (HandshakePackets.announcesDigest(c1)) {
            signedC1 = Bytes.copyOf(c1).toArray();
            scheme = DigestScheme.of(signedC1, HandshakeKeys.CLIENT);
        }
        if (scheme.isEmpty()) {
            out.write(HandshakePackets.WITH_VERSION + HandshakePackets.SIZE, answer -> {
                answer.put((byte) HandshakePackets.VERSION);
                HandshakePackets.putFirst(answer, 0, random);
                answer.put(c1);
            });
            return;
        }
        byte[] s1 = HandshakePackets.first(PROGRAM_VERSION, random);
        scheme.get().sign(s1, HandshakeKeys.SERVER);
        byte[] s2 = HandshakePackets.random(random);
        HandshakeKeys.signSecond(s2, HandshakeKeys.SERVER_FULL, scheme.get().digest(signedC1));
        out.write(
                HandshakePackets.WITH_VERSION + HandshakePackets.SIZE,
                answer -> answer.put((byte) HandshakePackets.VERSION).put(s1).put(s2));
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

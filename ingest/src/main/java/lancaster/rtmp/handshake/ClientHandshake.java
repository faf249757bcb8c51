package lancaster.rtmp.handshake;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Scope;

/** The client's side of the handshake (§5.2): sends C0 and C1, answers S1 with C2, and skips S2 without checking it. */
public final class ClientHandshake {
    /** The program version of a Flash Player that signs C1; servers look for a digest from 9 on. */
    private static final int PROGRAM_VERSION = 0x09_00_7C_02;

    private static final int ANSWER = HandshakePackets.WITH_VERSION + HandshakePackets.SIZE;

    private final RandomGenerator random;
    private final boolean digest;
    private final byte[] s0s1 = new byte[HandshakePackets.WITH_VERSION];
    private int received;

    /** With {@code digest} C1 is signed, as some servers demand; a server without digests answers it all the same. */
    public ClientHandshake(RandomGenerator random, boolean digest) {
        this.random = random;
        this.digest = digest;
    }

    /** Writes C0 and C1. */
    public void begin(HandshakeOutput out) {
        byte[] c1 = HandshakePackets.first(digest ? PROGRAM_VERSION : 0, random);
        if (digest) {
            DigestScheme.FIRST_HALF.sign(c1, HandshakeKeys.CLIENT);
        }
        out.write(HandshakePackets.WITH_VERSION, begin -> begin.put((byte) HandshakePackets.VERSION)
                .put(c1));
    }

    /**
     * Takes from {@code in} what belongs to the handshake, cut anywhere, and writes C2 to {@code out}.
     *
     * @return whether the handshake is complete; what remains in {@code in} is chunk stream data
     */
    public boolean onBytes(ByteBuffer in, HandshakeOutput out) {
        if (received < s0s1.length && in.hasRemaining()) {
            int count = Math.min(in.remaining(), s0s1.length - received);
            in.get(s0s1, received, count);
            received += count;
            if (s0s1[0] != HandshakePackets.VERSION) {
                throw ProtocolException.malformed(
                        Scope.CONNECTION, "rtmp handshake", "server version " + (s0s1[0] & 0xFF) + " in place of 3");
            }
            if (received == s0s1.length) {
                byte[] c2 = c2();
                out.write(c2.length, answer -> answer.put(c2));
            }
        }
        if (received >= s0s1.length) {
            int skipped = Math.min(in.remaining(), ANSWER - received);
            in.position(in.position() + skipped);
            received += skipped;
        }
        return received == ANSWER;
    }

    private byte[] c2() {
        byte[] s1 = Arrays.copyOfRange(s0s1, 1, s0s1.length);
        Optional<DigestScheme> scheme = digest && HandshakePackets.announcesDigest(ByteBuffer.wrap(s1))
                ? DigestScheme.of(s1, HandshakeKeys.SERVER)
                : Optional.empty();
        if (scheme.isEmpty()) {
            return s1;
        }
        byte[] c2 = HandshakePackets.random(random);
        HandshakeKeys.signSecond(c2, HandshakeKeys.CLIENT_FULL, scheme.get().digest(s1));
        return c2;
    }
}

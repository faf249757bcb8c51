package lancaster.rtmp.handshake;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Scope;

/** The client's side of the handshake (§5.2): sends C0 and C1, answers S1 with C2, and skips S2 without checking it. */
public final class ClientHandshake {
    /** The program version of a Flash Player that signs C1; servers look for a digest from 9 on. */
    private static final int PROGRAM_VERSION = 0x09_00_7C_02;

    private static final int ANSWER = 1 + 2 * HandshakePackets.SIZE;

    private final RandomGenerator random;
    private final boolean digest;
    private final byte[] s0s1 = new byte[1 + HandshakePackets.SIZE];
    private int received;

    /** With {@code digest} C1 is signed, as some servers demand; a server without digests answers it all the same. */
    public ClientHandshake(RandomGenerator random, boolean digest) {
        this.random = random;
        this.digest = digest;
    }

    /** C0 and C1. */
    public Bytes begin() {
        byte[] c1 = HandshakePackets.first(digest ? PROGRAM_VERSION : 0, random);
        if (digest) {
            DigestScheme.FIRST_HALF.sign(c1, HandshakeKeys.CLIENT);
        }
        return Bytes.concat(Bytes.of(HandshakePackets.VERSION), Bytes.wrap(c1));
    }

    /**
     * Takes from {@code in} what belongs to the handshake, cut anywhere, and hands C2 to {@code out}.
     *
     * @return whether the handshake is complete; what remains in {@code in} is chunk stream data
     */
    public boolean onBytes(ByteBuffer in, Consumer<Bytes> out) {
        if (received < s0s1.length && in.hasRemaining()) {
            int count = Math.min(in.remaining(), s0s1.length - received);
            in.get(s0s1, received, count);
            received += count;
            if (s0s1[0] != HandshakePackets.VERSION) {
                throw ProtocolException.malformed(
                        Scope.CONNECTION, "rtmp handshake", "server version " + (s0s1[0] & 0xFF) + " in place of 3");
            }
            if (received == s0s1.length) {
                out.accept(c2());
            }
        }
        if (received >= s0s1.length) {
            int skipped = Math.min(in.remaining(), ANSWER - received);
            in.position(in.position() + skipped);
            received += skipped;
        }
        return received == ANSWER;
    }

    private Bytes c2() {
        byte[] s1 = Bytes.wrap(s0s1).slice(1).toArray();
        Optional<DigestScheme> scheme = digest && HandshakePackets.announcesDigest(s1)
                ? DigestScheme.of(s1, HandshakeKeys.SERVER)
                : Optional.empty();
        if (scheme.isEmpty()) {
            return Bytes.wrap(s1);
        }
        byte[] c2 = HandshakePackets.random(random);
        HandshakeKeys.signSecond(c2, HandshakeKeys.CLIENT_FULL, scheme.get().digest(s1));
        return Bytes.wrap(c2);
    }
}

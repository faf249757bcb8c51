package lancaster.rtmfp.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.BitSet;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;
import lancaster.bytes.ByteReader;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;

/**
 * A cryptography profile that hides nothing, for tests: packets have a checksum that depends on the key and a number that
 * keeps them from counting twice. A certificate is a name; an endpoint discriminator is a name or a peer ID.
 */
public final class PlainCryptoProfile implements CryptoProfile {
    private static final int COMPONENT_BYTES = 16;
    private static final Bytes STARTUP_KEY = Bytes.wrap("plain".getBytes(StandardCharsets.US_ASCII));

    private final Bytes certificate;
    private final RandomGenerator random;

    public PlainCryptoProfile(String name, RandomGenerator random) {
        this.certificate = named(name);
        this.random = random;
    }

    /** Selects the endpoint with this name. */
    public static Bytes named(String name) {
        return Bytes.wrap(name.getBytes(StandardCharsets.UTF_8));
    }

    /** Selects the endpoint with this identity. */
    public static Bytes identified(PeerId id) {
        return id.fingerprint();
    }

    @Override
    public PacketCipher startupCipher() {
        return new Cipher(STARTUP_KEY, STARTUP_KEY, false);
    }

    @Override
    public Bytes nearCertificate() {
        return certificate;
    }

    @Override
    public PeerId nearPeerId() {
        return new Named(certificate).peerId();
    }

    @Override
    public boolean selectsNear(Bytes endpointDiscriminator) {
        return new Named(certificate).isSelectedBy(endpointDiscriminator);
    }

    @Override
    public Optional<FarCertificate> farCertificate(Bytes encoded) {
        return encoded.isEmpty() ? Optional.empty() : Optional.of(new Named(Bytes.wrap(encoded.toArray())));
    }

    /** As RFC 7016 §3.2 recommends. */
    @Override
    public boolean prevailsOver(FarCertificate far) {
        return far.encoded().buffer().compareTo(certificate.buffer()) >= 0;
    }

    @Override
    public Optional<InitiatorKeying> initiate(FarCertificate responder) {
        Bytes component = component();
        return Optional.of(new InitiatorKeying() {
            @Override
            public Bytes component() {
                return component;
            }

            @Override
            public Optional<SessionKeys> keys(Bytes far) {
                return far.length() == COMPONENT_BYTES
                        ? Optional.of(PlainCryptoProfile.keys(component, far))
                        : Optional.empty();
            }
        });
    }

    @Override
    public Optional<ResponderKeying> respond(FarCertificate initiator, Bytes far) {
        if (far.length() != COMPONENT_BYTES) {
            return Optional.empty();
        }
        Bytes near = component();
        return Optional.of(new ResponderKeying(near, keys(near, far)));
    }

    @Override
    public Bytes sign(Bytes... signedParameters) {
        return sha256(Bytes.concat(certificate, Bytes.concat(signedParameters)));
    }

    private Bytes component() {
        byte[] component = new byte[COMPONENT_BYTES];
        random.nextBytes(component);
        return Bytes.wrap(component);
    }

    /** The keys of who made {@code near}. */
    public static SessionKeys keys(Bytes near, Bytes far) {
        return new SessionKeys(
                new Cipher(Bytes.concat(near, far), Bytes.concat(far, near), true), sha256(near), sha256(far));
    }

    private static Bytes sha256(Bytes content) {
        try {
            return Bytes.wrap(MessageDigest.getInstance("SHA-256").digest(content.toArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private record Named(Bytes encoded) implements FarCertificate {
        @Override
        public PeerId peerId() {
            return new PeerId(sha256(encoded));
        }

        @Override
        public Bytes canonicalEndpointDiscriminator() {
            return peerId().fingerprint();
        }

        @Override
        public boolean isSelectedBy(Bytes endpointDiscriminator) {
            return endpointDiscriminator.equals(encoded)
                    || endpointDiscriminator.equals(canonicalEndpointDiscriminator());
        }

        @Override
        public boolean overrides(FarCertificate existing) {
            return encoded.equals(existing.encoded());
        }

        @Override
        public boolean verifies(Bytes signature, Bytes... signedParameters) {
            return signature.equals(sha256(Bytes.concat(encoded, Bytes.concat(signedParameters))));
        }
    }

    /** Checksum and number, then the plain packet as it is. */
    private static final class Cipher implements PacketCipher {
        private static final int OVERHEAD_BYTES = 8;
        private static final int WINDOW = 4_096;

        private final Bytes sealKey;
        private final Bytes openKey;
        private final boolean once;
        private final BitSet seen = new BitSet();
        private int highest = -1;
        private int next;

        Cipher(Bytes sealKey, Bytes openKey, boolean once) {
            this.sealKey = sealKey;
            this.openKey = openKey;
            this.once = once;
        }

        @Override
        public int maxOverheadBytes() {
            return OVERHEAD_BYTES;
        }

        @Override
        public int seal(byte[] plain, int offset, int length, byte[] target, int targetOffset) {
            byte[] content = new byte[length];
            System.arraycopy(plain, offset, content, 0, length);
            Bytes numbered =
                    new ByteWriter().u32(next++).bytes(Bytes.wrap(content)).bytes();
            byte[] sealed = new ByteWriter()
                    .u32(checksum(sealKey, numbered))
                    .bytes(numbered)
                    .bytes()
                    .toArray();
            System.arraycopy(sealed, 0, target, targetOffset, sealed.length);
            return sealed.length;
        }

        @Override
        public Optional<Bytes> open(ByteBuffer encrypted) {
            Bytes all = Bytes.copyOf(encrypted);
            try {
                ByteReader in = new ByteReader(all, "packet");
                long checksum = in.u32();
                if (checksum != checksum(openKey, all.slice(Integer.BYTES))) {
                    return Optional.empty();
                }
                int number = in.i32();
                return once && !isNew(number) ? Optional.empty() : Optional.of(in.rest());
            } catch (ProtocolException tooShort) {
                return Optional.empty();
            }
        }

        private boolean isNew(int number) {
            if (number <= highest - WINDOW || (seen.get(Math.floorMod(number, WINDOW)) && number <= highest)) {
                return false;
            }
            for (int passed = Math.max(highest + 1, number - WINDOW + 1); passed <= number; passed++) {
                seen.clear(Math.floorMod(passed, WINDOW));
            }
            highest = Math.max(highest, number);
            seen.set(Math.floorMod(number, WINDOW));
            return true;
        }

        private static long checksum(Bytes key, Bytes content) {
            CRC32 crc = new CRC32();
            key.writeTo(crc::update);
            content.writeTo(crc::update);
            return crc.getValue();
        }
    }
}

package lancaster.rtmfp.crypto;

import java.util.Optional;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.rtmfp.packet.Option;
import lancaster.rtmfp.packet.PacketCursor;
import lancaster.rtmfp.packet.Vlu;

/** The types of options in endpoint discriminators, certificates and keying components (RFC 7425 §4.3, §4.4, §4.6). */
final class FlashOption {
    /** In certificates, and required in endpoint discriminators: UTF-8. */
    static final long HOSTNAME = 0x00;
    /** In certificates empty: accepts them; in endpoint discriminators the data. */
    static final long ANCILLARY_DATA = 0x0A;
    /** In keying components. */
    static final long EPHEMERAL_PUBLIC_KEY = 0x0D;
    /** In certificates and keying components. */
    static final long EXTRA_RANDOMNESS = 0x0E;
    /** In endpoint discriminators. */
    static final long FINGERPRINT = 0x0F;
    /** In certificates. */
    static final long SUPPORTED_GROUP = 0x15;
    /** In keying components. */
    static final long HMAC_NEGOTIATION = 0x1A;
    /** In certificates. */
    static final long STATIC_PUBLIC_KEY = 0x1D;
    /** In keying components. */
    static final long GROUP_SELECT = 0x1D;
    /** In keying components. */
    static final long SEQUENCE_NEGOTIATION = 0x1E;

    static final int EXTRA_RANDOMNESS_BYTES = 64;

    /** A group, and what stands behind its number. */
    record InGroup(DhGroup group, Bytes rest) {}

    private FlashOption() {}

    static Option of(long type, DhGroup group) {
        return of(type, group, Bytes.EMPTY);
    }

    static Option of(long type, DhGroup group, Bytes publicKey) {
        return new Option(
                type, Vlu.write(new ByteWriter(), group.id()).bytes(publicKey).bytes());
    }

    /** Empty where the group is none that we know. */
    static Optional<InGroup> inGroup(Bytes value) {
        PacketCursor in = new PacketCursor(value);
        return DhGroup.of(in.vlu()).map(group -> new InGroup(group, in.rest()));
    }
}

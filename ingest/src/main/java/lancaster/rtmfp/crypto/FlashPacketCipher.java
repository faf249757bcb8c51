package lancaster.rtmfp.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import lancaster.bytes.Bytes;
import lancaster.rtmfp.packet.Vlu;
import org.jspecify.annotations.Nullable;

/**
 * Packets of the Flash profile (RFC 7425 §4.7): AES-128-CBC from an initialization vector of zeros, around the plain packet
 * its padding and, as agreed for each direction, a session sequence number, and a checksum inside or an HMAC behind.
 * Belongs to the loop of its session, as the scratch that it shares does.
 */
final class FlashPacketCipher implements PacketCipher {
    private static final byte[] DEFAULT_KEY = "Adobe Systems 02".getBytes(StandardCharsets.US_ASCII);
    private static final int BLOCK_BYTES = 16;
    private static final int KEY_BYTES = 16;
    private static final int CHECKSUM_BYTES = 2;
    private static final int MAX_OVERHEAD_BYTES = Vlu.MAX_BYTES + CHECKSUM_BYTES + BLOCK_BYTES - 1 + Hashes.HMAC_BYTES;

    private final Cipher encrypt;
    private final Cipher decrypt;
    private final CipherScratch scratch;
    private final @Nullable PacketAuthentication nearHmac;
    private final @Nullable PacketAuthentication farHmac;
    private final @Nullable ReplayWindow farSequence;
    /** Of the next near packet; negative where near packets carry none. */
    private long nearSequence;

    private FlashPacketCipher(
            byte[] encryptKey,
            byte[] decryptKey,
            CipherScratch scratch,
            @Nullable PacketAuthentication nearHmac,
            @Nullable PacketAuthentication farHmac,
            Negotiation sequence) {
        this.encrypt = cipher(Cipher.ENCRYPT_MODE, encryptKey);
        this.decrypt = cipher(Cipher.DECRYPT_MODE, decryptKey);
        this.scratch = scratch;
        this.nearHmac = nearHmac;
        this.farHmac = farHmac;
        this.farSequence = sequence.receives() ? new ReplayWindow() : null;
        this.nearSequence = sequence.sends() ? 0 : -1;
    }

    /** With the Default Session Key (§4.1). */
    static FlashPacketCipher startup(CipherScratch scratch) {
        return new FlashPacketCipher(DEFAULT_KEY, DEFAULT_KEY, scratch, null, null, new Negotiation(false, false));
    }

    /** {@code nearHmacBytes} and {@code farHmacBytes} count where HMACs were agreed. */
    static FlashPacketCipher session(
            KeyDerivation keys,
            Negotiation hmac,
            int nearHmacBytes,
            int farHmacBytes,
            Negotiation sequence,
            CipherScratch scratch) {
        return new FlashPacketCipher(
                keys.encrypt(),
                keys.decrypt(),
                scratch,
                hmac.sends() ? new PacketAuthentication(keys.nearHmac(), nearHmacBytes) : null,
                hmac.receives() ? new PacketAuthentication(keys.farHmac(), farHmacBytes) : null,
                sequence);
    }

    private static Cipher cipher(int mode, byte[] key) {
        try {
            // Used for packet after packet: doFinal goes back to the initialization vector.
            Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, 0, KEY_BYTES, "AES"), new IvParameterSpec(new byte[BLOCK_BYTES]));
            return cipher;
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java has AES in CBC mode", e);
        }
    }

    @Override
    public int maxOverheadBytes() {
        return MAX_OVERHEAD_BYTES;
    }

    @Override
    public int seal(byte[] plain, int offset, int length, byte[] target, int targetOffset) {
        byte[] block = scratch.room(length + MAX_OVERHEAD_BYTES);
        int at = nearSequence < 0 ? 0 : Vlu.write(block, 0, nearSequence++);
        int checksumAt = at;
        at += nearHmac == null ? CHECKSUM_BYTES : 0;
        int packetAt = at;
        System.arraycopy(plain, offset, block, at, length);
        at += length;
        int end = (at + BLOCK_BYTES - 1) & -BLOCK_BYTES;
        Arrays.fill(block, at, end, (byte) 0xFF);
        if (nearHmac == null) {
            int checksum = InternetChecksum.of(block, packetAt, end - packetAt);
            block[checksumAt] = (byte) (checksum >> 8);
            block[checksumAt + 1] = (byte) checksum;
        }
        try {
            encrypt.doFinal(block, 0, end, target, targetOffset);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("no room for a sealed packet of " + end + " bytes", e);
        }
        if (nearHmac == null) {
            return end;
        }
        nearHmac.append(target, targetOffset, end);
        return end + nearHmac.length();
    }

    @Override
    public Optional<Bytes> open(ByteBuffer encrypted) {
        int length = encrypted.remaining() - (farHmac == null ? 0 : farHmac.length());
        if (length <= 0 || length % BLOCK_BYTES != 0) {
            return Optional.empty();
        }
        byte[] sealed;
        int sealedAt = 0;
        if (encrypted.hasArray()) {
            sealed = encrypted.array();
            sealedAt = encrypted.arrayOffset() + encrypted.position();
        } else {
            sealed = scratch.room(encrypted.remaining());
            encrypted.get(encrypted.position(), sealed, 0, encrypted.remaining());
        }
        if (farHmac != null && !farHmac.verifies(sealed, sealedAt, length)) {
            return Optional.empty();
        }
        byte[] plain = new byte[length];
        try {
            decrypt.doFinal(sealed, sealedAt, length, plain, 0);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("whole blocks, and as much room", e);
        }
        return unwrapped(plain);
    }

    private Optional<Bytes> unwrapped(byte[] plain) {
        int at = 0;
        long sequence = 0;
        if (farSequence != null) {
            int next;
            do {
                if (at == plain.length || sequence >>> 56 != 0) {
                    return Optional.empty();
                }
                next = plain[at++];
                sequence = sequence << 7 | (next & 0x7F);
            } while (next < 0);
            if (!farSequence.isNew(sequence)) {
                return Optional.empty();
            }
        }
        if (farHmac == null) {
            if (plain.length - at < CHECKSUM_BYTES) {
                return Optional.empty();
            }
            int checksum = (plain[at] & 0xFF) << 8 | (plain[at + 1] & 0xFF);
            at += CHECKSUM_BYTES;
            if (checksum != InternetChecksum.of(plain, at, plain.length - at)) {
                return Optional.empty();
            }
        }
        if (farSequence != null) {
            farSequence.add(sequence);
        }
        return Optional.of(Bytes.wrap(plain, at, plain.length - at));
    }
}

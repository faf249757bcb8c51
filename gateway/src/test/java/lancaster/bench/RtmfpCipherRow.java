package lancaster.bench;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import lancaster.rtmfp.crypto.DhGroup;
import lancaster.rtmfp.crypto.FlashCryptoProfile;
import lancaster.rtmfp.crypto.FlashSettings;
import lancaster.rtmfp.crypto.InitiatorKeying;
import lancaster.rtmfp.crypto.PacketCipher;
import lancaster.rtmfp.crypto.Protection;
import lancaster.rtmfp.crypto.ResponderKeying;

/** A packet sealed by one end and opened by the other, and the encryption, decryption and two HMACs of it. */
final class RtmfpCipherRow {
    static final int HMAC_BYTES = 16;

    /** Fills an encrypted packet of 1200 bytes with whatever frames it. */
    private static final int PLAIN_BYTES = 1_184;

    private static final int ENCRYPTED_BYTES = 1_200;

    private final PacketCipher near;
    private final PacketCipher far;
    private final boolean hmac;
    private final byte[] plain = new byte[PLAIN_BYTES];
    private final byte[] sealed = new byte[2 * ENCRYPTED_BYTES];
    private final byte[] opened = new byte[ENCRYPTED_BYTES];
    private final Cipher encrypt = cipher(Cipher.ENCRYPT_MODE);
    private final Cipher decrypt = cipher(Cipher.DECRYPT_MODE);
    private final Mac mac = Mac.getInstance("HmacSHA256");

    private RtmfpCipherRow(Protection protection) throws GeneralSecurityException {
        hmac = protection == Protection.REQUIRED;
        SecureRandom random = new SecureRandom();
        FlashSettings settings = FlashSettings.SERVER
                .withGroups(DhGroup.MODP_1024)
                .withHmac(protection, HMAC_BYTES)
                .withSequenceNumbers(protection);
        FlashCryptoProfile initiator = new FlashCryptoProfile(settings, random);
        FlashCryptoProfile responder = new FlashCryptoProfile(settings, random);
        InitiatorKeying keying = initiator
                .initiate(initiator.farCertificate(responder.nearCertificate()).orElseThrow())
                .orElseThrow();
        ResponderKeying answer = responder
                .respond(responder.farCertificate(initiator.nearCertificate()).orElseThrow(), keying.component())
                .orElseThrow();
        near = keying.keys(answer.component()).orElseThrow().cipher();
        far = answer.keys().cipher();
        mac.init(new SecretKeySpec(new byte[32], "HmacSHA256"));
    }

    static RtmfpCipherRow withHmac() throws GeneralSecurityException {
        return new RtmfpCipherRow(Protection.REQUIRED);
    }

    static RtmfpCipherRow withChecksum() throws GeneralSecurityException {
        return new RtmfpCipherRow(Protection.ON_REQUEST);
    }

    void sealAndOpen() {
        int length = near.seal(plain, 0, PLAIN_BYTES, sealed, 0);
        if (far.open(ByteBuffer.wrap(sealed, 0, length)).isEmpty()) {
            throw new AssertionError("sealed and not to be opened");
        }
    }

    void bare() {
        try {
            bareSeal();
            bareOpen(sealed, hmac);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Encrypted, and its HMAC behind it; the buffer is used again. */
    ByteBuffer bareSeal() throws GeneralSecurityException {
        encrypt.doFinal(opened, 0, ENCRYPTED_BYTES, sealed, 0);
        if (hmac) {
            mac.update(sealed, 0, ENCRYPTED_BYTES);
            mac.doFinal(sealed, ENCRYPTED_BYTES);
        }
        return ByteBuffer.wrap(sealed, 0, ENCRYPTED_BYTES + (hmac ? HMAC_BYTES : 0));
    }

    void bareOpen(ByteBuffer datagram) throws GeneralSecurityException {
        datagram.get(sealed, 0, datagram.remaining());
        bareOpen(sealed, hmac);
    }

    private void bareOpen(byte[] datagram, boolean authenticated) throws GeneralSecurityException {
        if (authenticated) {
            mac.update(datagram, 0, ENCRYPTED_BYTES);
            mac.doFinal(datagram, ENCRYPTED_BYTES);
        }
        decrypt.doFinal(datagram, 0, ENCRYPTED_BYTES, opened, 0);
    }

    private static Cipher cipher(int mode) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
        cipher.init(mode, new SecretKeySpec(new byte[16], "AES"), new IvParameterSpec(new byte[16]));
        return cipher;
    }
}

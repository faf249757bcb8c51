package lancaster.bench;

import java.math.BigInteger;
import java.security.SecureRandom;
import lancaster.bytes.Bytes;
import lancaster.rtmfp.crypto.DhGroup;
import lancaster.rtmfp.crypto.FarCertificate;
import lancaster.rtmfp.crypto.FlashCryptoProfile;
import lancaster.rtmfp.crypto.FlashSettings;

/** What a server computes for each session, and the two exponentiations of it. */
final class RtmfpKeyingRow {
    private static final DhGroup GROUP = DhGroup.MODP_2048;

    private final SecureRandom random = new SecureRandom();
    private final FlashCryptoProfile server = new FlashCryptoProfile(FlashSettings.SERVER, random);
    private final Bytes clientCertificate;
    private final Bytes component;
    private final BigInteger farKey;

    RtmfpKeyingRow() {
        FlashCryptoProfile client = new FlashCryptoProfile(FlashSettings.PEER.withGroups(GROUP), random);
        FarCertificate certificate =
                client.farCertificate(server.nearCertificate()).orElseThrow();
        clientCertificate = client.nearCertificate();
        component = client.initiate(certificate).orElseThrow().component();
        farKey = BigInteger.TWO.modPow(exponent(), GROUP.prime());
    }

    void keying() {
        FarCertificate client = server.farCertificate(clientCertificate).orElseThrow();
        if (server.respond(client, component).isEmpty()) {
            throw new AssertionError("no answer to a good component");
        }
    }

    void bare() {
        BigInteger exponent = exponent();
        BigInteger publicKey = BigInteger.TWO.modPow(exponent, GROUP.prime());
        BigInteger secret = farKey.modPow(exponent, GROUP.prime());
        if (publicKey.equals(secret)) {
            throw new AssertionError("a far key that is no key");
        }
    }

    private BigInteger exponent() {
        return new BigInteger(GROUP.exponentBits(), random).setBit(GROUP.exponentBits() - 1);
    }
}

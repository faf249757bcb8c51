package lancaster.rtmfp.crypto;

import java.util.List;
import java.util.Optional;

/**
 * How an end of the Flash profile presents itself.
 *
 * @param groups that it has keys in, the one that it prefers as initiator first
 * @param staticKeys a peer, whose id its keys prove; else keys are made anew for every session
 * @param acceptsAncillaryData a server, that a URI selects
 * @param hostname the name that the certificate claims
 * @param hmacBytes how much of the HMAC of sent packets is sent
 */
public record FlashSettings(
        List<DhGroup> groups,
        boolean staticKeys,
        boolean acceptsAncillaryData,
        Optional<String> hostname,
        Protection hmac,
        int hmacBytes,
        Protection sequenceNumbers) {
    public static final int MIN_HMAC_BYTES = 4;
    public static final int MAX_HMAC_BYTES = Hashes.HMAC_BYTES;

    /** What Flash Player offers. */
    private static final int FLASH_HMAC_BYTES = 10;

    /** Ephemeral keys in the groups that MonaServer offers too; costlier groups would make handshakes a weapon. */
    public static final FlashSettings SERVER = new FlashSettings(
            List.of(DhGroup.MODP_2048, DhGroup.MODP_1536, DhGroup.MODP_1024),
            false,
            true,
            Optional.empty(),
            Protection.ON_REQUEST,
            FLASH_HMAC_BYTES,
            Protection.ON_REQUEST);

    /** A client and peer as Flash Player is one: librtmfp and MonaServer take no certificates of other forms. */
    public static final FlashSettings PEER = new FlashSettings(
            List.of(DhGroup.MODP_1024),
            true,
            false,
            Optional.empty(),
            Protection.ON_REQUEST,
            FLASH_HMAC_BYTES,
            Protection.ON_REQUEST);

    public FlashSettings {
        groups = List.copyOf(groups);
        if (groups.isEmpty() || groups.stream().distinct().count() != groups.size()) {
            throw new IllegalArgumentException("needs Diffie-Hellman groups, each once: " + groups);
        }
        if (hmacBytes < MIN_HMAC_BYTES || hmacBytes > MAX_HMAC_BYTES) {
            throw new IllegalArgumentException(
                    "an HMAC has " + MIN_HMAC_BYTES + " to " + MAX_HMAC_BYTES + " bytes, not " + hmacBytes);
        }
    }

    public FlashSettings withGroups(DhGroup... preferred) {
        return new FlashSettings(
                List.of(preferred), staticKeys, acceptsAncillaryData, hostname, hmac, hmacBytes, sequenceNumbers);
    }

    public FlashSettings withHostname(String name) {
        return new FlashSettings(
                groups, staticKeys, acceptsAncillaryData, Optional.of(name), hmac, hmacBytes, sequenceNumbers);
    }

    public FlashSettings withHmac(Protection protection, int bytes) {
        return new FlashSettings(
                groups, staticKeys, acceptsAncillaryData, hostname, protection, bytes, sequenceNumbers);
    }

    public FlashSettings withSequenceNumbers(Protection protection) {
        return new FlashSettings(groups, staticKeys, acceptsAncillaryData, hostname, hmac, hmacBytes, protection);
    }
}

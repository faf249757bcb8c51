package lancaster.rtmfp.crypto;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lancaster.bytes.Bytes;
import lancaster.rtmfp.packet.MalformedPacketException;
import lancaster.rtmfp.packet.OptionList;

/**
 * A certificate of the Flash profile (RFC 7425 §4.3): an option list, either <em>static</em>, with public keys that prove
 * the identity, or <em>ephemeral</em>, with the groups in which new keys will be made. Nobody signs it. Immutable.
 */
final class FlashCertificate implements FarCertificate {
    /** What MonaServer sends before its randomness and behind it. */
    private static final Bytes MONA_HEAD = Bytes.of(0x01, 0x0A, 0x41, 0x0E);

    private static final Bytes MONA_TAIL = Bytes.of(0x02, 0x15, 0x02, 0x02, 0x15, 0x05, 0x02, 0x15, 0x0E);

    private final Bytes encoded;
    private final PeerId peerId;
    private final OptionList options;
    private final Map<DhGroup, Bytes> publicKeys;
    private final Set<DhGroup> ephemeralGroups;

    private FlashCertificate(
            Bytes encoded, OptionList options, Map<DhGroup, Bytes> publicKeys, Set<DhGroup> ephemeralGroups) {
        this.encoded = encoded;
        this.options = options;
        this.publicKeys = publicKeys;
        this.ephemeralGroups = ephemeralGroups;
        peerId = new PeerId(Hashes.sha256(options.encoded()));
    }

    /** Empty where it is malformed, or neither static nor ephemeral, or both. */
    static Optional<FlashCertificate> parse(Bytes received) {
        Bytes encoded = Bytes.wrap(received.toArray());
        try {
            OptionList options = OptionList.parse(encoded);
            if (options.has(FlashOption.STATIC_PUBLIC_KEY) == options.has(FlashOption.SUPPORTED_GROUP)) {
                return Optional.empty();
            }
            Map<DhGroup, Bytes> publicKeys = new EnumMap<>(DhGroup.class);
            for (Bytes value : options.values(FlashOption.STATIC_PUBLIC_KEY)) {
                FlashOption.inGroup(value).ifPresent(key -> publicKeys.putIfAbsent(key.group(), key.rest()));
            }
            Set<DhGroup> groups = EnumSet.noneOf(DhGroup.class);
            for (Bytes value : options.values(FlashOption.SUPPORTED_GROUP)) {
                FlashOption.inGroup(value).ifPresent(supported -> groups.add(supported.group()));
            }
            return Optional.of(new FlashCertificate(
                    encoded, options, Collections.unmodifiableMap(publicKeys), Collections.unmodifiableSet(groups)));
        } catch (MalformedPacketException refused) {
            return Optional.empty();
        }
    }

    @Override
    public Bytes encoded() {
        return encoded;
    }

    /** Of the options in front of a marker, behind which others may change without another identity (§4.3.2). */
    @Override
    public PeerId peerId() {
        return peerId;
    }

    @Override
    public Bytes canonicalEndpointDiscriminator() {
        return EndpointDiscriminator.of(peerId).encoded();
    }

    @Override
    public boolean isSelectedBy(Bytes endpointDiscriminator) {
        return EndpointDiscriminator.parse(endpointDiscriminator)
                .filter(this::isSelectedBy)
                .isPresent();
    }

    private boolean isSelectedBy(EndpointDiscriminator wanted) {
        if (wanted.fingerprint().isPresent()) {
            return wanted.fingerprint().get().equals(peerId.fingerprint());
        }
        boolean named = wanted.requiredHostname().isEmpty()
                || wanted.requiredHostname().equals(options.value(FlashOption.HOSTNAME));
        return named && (wanted.ancillaryData().isEmpty() || options.has(FlashOption.ANCILLARY_DATA));
    }

    /** The same certificate, that is the same owner as far as it can be known (§4.3.7). */
    @Override
    public boolean overrides(FarCertificate existing) {
        return encoded.equals(existing.encoded());
    }

    /** The profile has no signatures: what proves a static identity is that its owner finds the shared secret (§4.3.5). */
    @Override
    public boolean verifies(Bytes signature, Bytes... signedParameters) {
        return true;
    }

    boolean isStatic() {
        return options.has(FlashOption.STATIC_PUBLIC_KEY);
    }

    /** The static key in {@code group}. */
    Optional<Bytes> publicKey(DhGroup group) {
        return Optional.ofNullable(publicKeys.get(group));
    }

    boolean supports(DhGroup group) {
        return isStatic() ? publicKeys.containsKey(group) : ephemeralGroups.contains(group);
    }

    /** Whether MonaServer made it, whose first version offers three groups and computes in group 2 whatever is chosen. */
    boolean looksLikeMonaServer() {
        return encoded.startsWith(MONA_HEAD)
                && encoded.length() == MONA_HEAD.length() + FlashOption.EXTRA_RANDOMNESS_BYTES + MONA_TAIL.length()
                && encoded.slice(encoded.length() - MONA_TAIL.length()).equals(MONA_TAIL);
    }

    /** Whether this one comes before {@code other} as bytes (§4.3.6). */
    boolean isBefore(FarCertificate other) {
        return Arrays.compareUnsigned(encoded.toArray(), other.encoded().toArray()) < 0;
    }
}

package lancaster.rtmfp.crypto;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import lancaster.bytes.Bytes;
import lancaster.rtmfp.packet.Option;
import lancaster.rtmfp.packet.OptionList;

/**
 * Who a near end is (RFC 7425 §4.3): its certificate, and the keys behind it where it is static. Immutable; several
 * profiles may share one, which are then one and the same to the world.
 */
public final class FlashIdentity {
    private final FlashSettings settings;
    private final FlashCertificate certificate;
    private final Map<DhGroup, DiffieHellman> staticKeys;
    private final Map<DhGroup, FixedBase> ephemeralBases = new EnumMap<>(DhGroup.class);

    private FlashIdentity(
            FlashSettings settings, FlashCertificate certificate, Map<DhGroup, DiffieHellman> staticKeys) {
        this.settings = settings;
        this.certificate = certificate;
        this.staticKeys = staticKeys;
        if (!settings.staticKeys()) {
            settings.groups().forEach(group -> ephemeralBases.put(group, new FixedBase(group)));
        }
    }

    /** A new identity; makes the keys of static ones, and tables for those of others, which takes milliseconds. */
    public static FlashIdentity generate(FlashSettings settings, RandomGenerator random) {
        List<Option> options = new ArrayList<>();
        Map<DhGroup, DiffieHellman> keys = new EnumMap<>(DhGroup.class);
        settings.hostname()
                .ifPresent(name -> options.add(
                        new Option(FlashOption.HOSTNAME, Bytes.wrap(name.getBytes(StandardCharsets.UTF_8)))));
        if (settings.acceptsAncillaryData()) {
            options.add(new Option(FlashOption.ANCILLARY_DATA, Bytes.EMPTY));
        }
        if (settings.staticKeys()) {
            for (DhGroup group : settings.groups()) {
                DiffieHellman key = DiffieHellman.generate(group, random);
                keys.put(group, key);
                options.add(FlashOption.of(FlashOption.STATIC_PUBLIC_KEY, group, key.publicKey()));
            }
        } else {
            byte[] randomness = new byte[FlashOption.EXTRA_RANDOMNESS_BYTES];
            random.nextBytes(randomness);
            options.add(new Option(FlashOption.EXTRA_RANDOMNESS, Bytes.wrap(randomness)));
            settings.groups().forEach(group -> options.add(FlashOption.of(FlashOption.SUPPORTED_GROUP, group)));
        }
        FlashCertificate certificate =
                FlashCertificate.parse(OptionList.of(options).encoded()).orElseThrow();
        return new FlashIdentity(settings, certificate, keys);
    }

    public PeerId peerId() {
        return certificate.peerId();
    }

    FlashSettings settings() {
        return settings;
    }

    FlashCertificate certificate() {
        return certificate;
    }

    /** The static key in {@code group}, or a new one where keys are ephemeral; empty where the group isn't ours. */
    Optional<DiffieHellman> key(DhGroup group, RandomGenerator random) {
        if (settings.staticKeys()) {
            return Optional.ofNullable(staticKeys.get(group));
        }
        return Optional.ofNullable(ephemeralBases.get(group)).map(base -> DiffieHellman.generate(base, random));
    }
}

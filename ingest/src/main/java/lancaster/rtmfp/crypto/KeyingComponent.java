package lancaster.rtmfp.crypto;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import lancaster.bytes.Bytes;
import lancaster.rtmfp.crypto.FlashOption.InGroup;
import lancaster.rtmfp.packet.MalformedPacketException;
import lancaster.rtmfp.packet.Option;
import lancaster.rtmfp.packet.OptionList;

/**
 * A session keying component of the Flash profile, SKIC or SKRC (RFC 7425 §4.6.1, §4.6.3).
 *
 * @param select the group of the initiator's static key
 * @param ephemeral a public key for this session
 * @param hmacBytes how long the HMAC of its sender's packets will be; 0 where it doesn't say
 */
record KeyingComponent(
        Optional<DhGroup> select, Optional<InGroup> ephemeral, int hmacFlags, int hmacBytes, int sequenceFlags) {
    /** Empty where it is malformed. */
    static Optional<KeyingComponent> parse(Bytes encoded) {
        try {
            OptionList options = OptionList.parse(encoded);
            Bytes hmac = options.value(FlashOption.HMAC_NEGOTIATION).orElse(Bytes.EMPTY);
            Bytes sequence = options.value(FlashOption.SEQUENCE_NEGOTIATION).orElse(Bytes.EMPTY);
            return Optional.of(new KeyingComponent(
                    options.value(FlashOption.GROUP_SELECT)
                            .flatMap(FlashOption::inGroup)
                            .map(InGroup::group),
                    options.value(FlashOption.EPHEMERAL_PUBLIC_KEY).flatMap(FlashOption::inGroup),
                    hmac.isEmpty() ? 0 : hmac.u8(0),
                    // A length that doesn't fit into one byte is none that is allowed.
                    hmac.length() == 2 ? hmac.u8(1) : 0,
                    sequence.isEmpty() ? 0 : sequence.u8(0)));
        } catch (MalformedPacketException refused) {
            return Optional.empty();
        }
    }

    /** Whether packets of this sender may carry an HMAC as long as it says. */
    boolean hasUsableHmac() {
        return hmacBytes >= FlashSettings.MIN_HMAC_BYTES && hmacBytes <= FlashSettings.MAX_HMAC_BYTES;
    }

    /** In the order, and of a static identity with the very 76 bytes, that librtmfp takes from Flash Player. */
    static Bytes ofInitiator(DiffieHellman near, FlashSettings settings, RandomGenerator random) {
        List<Option> options = new ArrayList<>();
        if (settings.staticKeys()) {
            options.add(FlashOption.of(FlashOption.GROUP_SELECT, near.group()));
            options.add(randomness(random));
        } else {
            options.add(FlashOption.of(FlashOption.EPHEMERAL_PUBLIC_KEY, near.group(), near.publicKey()));
        }
        options.add(hmac(settings.hmac().flags(), settings.hmacBytes()));
        options.add(sequence(settings.sequenceNumbers().flags()));
        return OptionList.of(options).encoded();
    }

    /** In the order, and of a static identity with the very 73 bytes, that librtmfp takes from its like. */
    static Bytes ofResponder(
            DiffieHellman near,
            FlashSettings settings,
            Negotiation hmac,
            Negotiation sequence,
            RandomGenerator random) {
        int hmacFlags = hmac.responderFlags();
        return OptionList.of(
                        hmac(hmacFlags, hmacFlags == 0 ? 0 : settings.hmacBytes()),
                        sequence(sequence.responderFlags()),
                        settings.staticKeys()
                                ? randomness(random)
                                : FlashOption.of(FlashOption.EPHEMERAL_PUBLIC_KEY, near.group(), near.publicKey()))
                .encoded();
    }

    private static Option hmac(int flags, int bytes) {
        return new Option(FlashOption.HMAC_NEGOTIATION, Bytes.of(flags, bytes));
    }

    private static Option sequence(int flags) {
        return new Option(FlashOption.SEQUENCE_NEGOTIATION, Bytes.of(flags));
    }

    private static Option randomness(RandomGenerator random) {
        byte[] bytes = new byte[FlashOption.EXTRA_RANDOMNESS_BYTES];
        random.nextBytes(bytes);
        return new Option(FlashOption.EXTRA_RANDOMNESS, Bytes.wrap(bytes));
    }
}

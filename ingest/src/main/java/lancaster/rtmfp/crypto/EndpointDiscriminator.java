package lancaster.rtmfp.crypto;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lancaster.bytes.Bytes;
import lancaster.rtmfp.packet.MalformedPacketException;
import lancaster.rtmfp.packet.Option;
import lancaster.rtmfp.packet.OptionList;

/**
 * Whom an initiator asks for, in the Flash profile (RFC 7425 §4.4): a peer, or any server that takes a URI, or one of a
 * name.
 *
 * @param fingerprint of the one certificate that it selects; the others then say nothing
 * @param ancillaryData usually the URI that a client connects to
 * @param requiredHostname what the certificate has to claim
 */
public record EndpointDiscriminator(
        Optional<Bytes> fingerprint, Optional<Bytes> ancillaryData, Optional<Bytes> requiredHostname) {
    public EndpointDiscriminator {
        if (fingerprint.isEmpty() && ancillaryData.isEmpty() && requiredHostname.isEmpty()) {
            throw new IllegalArgumentException("an endpoint discriminator of nothing");
        }
    }

    public static EndpointDiscriminator of(PeerId peer) {
        return new EndpointDiscriminator(Optional.of(peer.fingerprint()), Optional.empty(), Optional.empty());
    }

    /** Any server, told that it is asked for {@code uri}. */
    public static EndpointDiscriminator of(String uri) {
        return new EndpointDiscriminator(
                Optional.empty(), Optional.of(Bytes.wrap(uri.getBytes(StandardCharsets.UTF_8))), Optional.empty());
    }

    /** Empty where it is malformed or asks for nobody. */
    public static Optional<EndpointDiscriminator> parse(Bytes encoded) {
        OptionList options;
        try {
            options = OptionList.parse(encoded);
        } catch (MalformedPacketException refused) {
            return Optional.empty();
        }
        Optional<Bytes> fingerprint = options.value(FlashOption.FINGERPRINT);
        Optional<Bytes> ancillaryData = options.value(FlashOption.ANCILLARY_DATA);
        Optional<Bytes> hostname = options.value(FlashOption.HOSTNAME);
        return fingerprint.isEmpty() && ancillaryData.isEmpty() && hostname.isEmpty()
                ? Optional.empty()
                : Optional.of(new EndpointDiscriminator(fingerprint, ancillaryData, hostname));
    }

    public Bytes encoded() {
        List<Option> options = new ArrayList<>();
        fingerprint.ifPresent(value -> options.add(new Option(FlashOption.FINGERPRINT, value)));
        ancillaryData.ifPresent(value -> options.add(new Option(FlashOption.ANCILLARY_DATA, value)));
        requiredHostname.ifPresent(value -> options.add(new Option(FlashOption.HOSTNAME, value)));
        return OptionList.of(options).encoded();
    }

    /** The peer asked for, where it is one: who introduces peers looks for it. */
    public Optional<PeerId> peerId() {
        return fingerprint.filter(value -> value.length() == PeerId.LENGTH).map(PeerId::new);
    }
}

package lancaster.multicast;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.zip.CRC32;

/** Groups for streams that name none, always the same for the same stream; and advice where one names a bad one. */
public final class AddressPlan {
    /** The local scope (RFC 2365 §6.1): networks keep it inside without being told. */
    public static final AddressRange DEFAULT_RANGE =
            AddressRange.parse("239.255.0.0/16").orElseThrow();
    /** For networks that route source-specific multicast alone (RFC 4607). */
    public static final AddressRange SOURCE_SPECIFIC_RANGE =
            AddressRange.parse("232.0.0.0/8").orElseThrow();

    private static final AddressRange IPV6_RANGE =
            AddressRange.parse("ff15::8000:0/97").orElseThrow();
    private static final AddressRange IPV6_SOURCE_SPECIFIC_RANGE =
            AddressRange.parse("ff3e::8000:0/97").orElseThrow();

    /** Even, as RTP asks for (RFC 3550 §11). */
    public static final int DEFAULT_PORT = 5004;

    private static final int MAX_TRIES = 100_000;

    private final AddressRange range;

    public AddressPlan(AddressRange range) {
        this.range = range;
    }

    public AddressRange range() {
        return range;
    }

    /**
     * The group of a stream: by a hash of its path, so that it survives restarts and is the same on a standby box.
     *
     * @param taken groups that others have; a stream that comes later yields
     * @return empty if the range has none that is free and good for media
     */
    public Optional<InetAddress> groupFor(String path, Predicate<InetAddress> taken) {
        for (int attempt = 0; attempt < MAX_TRIES; attempt++) {
            InetAddress group = range.address(hash(path, attempt) % range.size());
            if (AddressBlock.finding(group).isEmpty() && !taken.test(group)) {
                return Optional.of(group);
            }
        }
        return Optional.empty();
    }

    /** What is wrong with {@code group}, with what the stream {@code path} could use instead. */
    public Optional<AddressFinding> check(InetAddress group, String path) {
        return AddressBlock.finding(group).map(finding -> finding.withAdvice(advice(group, path)));
    }

    /** {@code "use 239.255.12.5 instead, or another address of 239.255.0.0/16"}: of the same kind, if ours is another. */
    private String advice(InetAddress group, String path) {
        AddressRange suitable = suitable(group);
        return "use "
                + new AddressPlan(suitable)
                        .groupFor(path, taken -> false)
                        .map(other -> IpLiteral.text(other) + " instead, or ")
                        .orElse("")
                + "another address of " + suitable;
    }

    private AddressRange suitable(InetAddress group) {
        boolean sameFamily = range.first().getClass().equals(group.getClass());
        if (group.isMulticastAddress() && AddressBlock.isSourceSpecific(group)) {
            boolean ours = sameFamily && AddressBlock.isSourceSpecific(range.first());
            return ours ? range : group instanceof Inet4Address ? SOURCE_SPECIFIC_RANGE : IPV6_SOURCE_SPECIFIC_RANGE;
        }
        return sameFamily ? range : group instanceof Inet4Address ? DEFAULT_RANGE : IPV6_RANGE;
    }

    private static long hash(String path, int attempt) {
        CRC32 crc = new CRC32();
        crc.update(path.getBytes(StandardCharsets.UTF_8));
        for (int rest = attempt; rest != 0; rest >>>= 8) {
            crc.update(rest & 0xff);
        }
        return crc.getValue();
    }
}

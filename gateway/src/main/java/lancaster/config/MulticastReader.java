package lancaster.config;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import lancaster.departure.DepartureSettings;
import lancaster.fec.FecSettings;
import lancaster.multicast.AddressClaims;
import lancaster.multicast.AddressClaims.Claim;
import lancaster.multicast.AddressFinding;
import lancaster.multicast.AddressPlan;
import lancaster.multicast.AddressRange;
import lancaster.multicast.Dscp;
import lancaster.multicast.IpLiteral;
import lancaster.multicast.MulticastGroup;
import lancaster.multicast.MulticastSettings;
import lancaster.output.MulticastClaims;
import lancaster.output.MulticastOutputSettings;
import lancaster.output.MulticastOutputSettings.Leg;
import lancaster.output.MulticastOutputSettings.Payload;

/** Reads {@code multicast} sections; what one stream sends to no other may. */
final class MulticastReader {
    private static final String NONE = "none";
    private static final String AUTO = "auto";
    private static final String INTERFACE_FORM =
            "the name of an interface or one of its addresses, such as eth0 or 10.0.0.5, or none";
    private static final int MAX_INTERFACE_CHARS = 64;
    private static final int MAX_PORT = 65_535;
    private static final int DEFAULT_MATRIX = 10;

    private final AddressPlan plan;
    private final AddressClaims claims;

    MulticastReader(AddressPlan plan, AddressClaims claims) {
        this.plan = plan;
        this.claims = claims;
    }

    /** The section at the top. */
    static MulticastConfig defaults(Section section) {
        MulticastConfig defaults = MulticastConfig.DEFAULTS;
        MulticastConfig config = new MulticastConfig(
                interfaceName(section, defaults.interfaceName()),
                section.value(
                        "range",
                        defaults.range(),
                        AddressRange.FORM,
                        AddressRange::parse,
                        range -> new AddressPlan(range)
                                        .groupFor("x/x", group -> false)
                                        .isEmpty()
                                ? "has no address for media; use " + AddressPlan.DEFAULT_RANGE + " or "
                                        + AddressPlan.SOURCE_SPECIFIC_RANGE
                                : ""),
                ttl(section, defaults.ttl()),
                dscp(section, defaults.dscp()),
                yesOrNo(section, "sap", defaults.sap()));
        section.finish();
        return config;
    }

    /**
     * The section of a stream, or of a pattern of streams.
     *
     * @param owner its path or the pattern
     */
    MulticastOutputSettings read(Section section, MulticastOutputSettings defaults, String owner) {
        Payload payload = section.choice("payload", defaults.payload(), Map.of("rtp", Payload.RTP, "udp", Payload.UDP));
        Optional<FecSettings> fec = fec(section, defaults.fec());
        Leg leg = leg(section, defaults.leg(), owner);
        MulticastOutputSettings settings = new MulticastOutputSettings(
                leg,
                duplicate(section, defaults.duplicate(), leg, owner),
                payload,
                yesOrNo(section, "loopback", defaults.loopback()),
                smooth(section, defaults.smooth()),
                rate(section, defaults.rateBits()),
                fec,
                yesOrNo(section, "sap", defaults.sap()));
        checkTogether(section, settings);
        checkClaims(section, settings, owner);
        section.finish();
        return settings;
    }

    private static void checkTogether(Section section, MulticastOutputSettings settings) {
        for (Leg leg : settings.legs()) {
            leg.group()
                    .filter(group -> settings.payload() == Payload.RTP && group.port() % 2 != 0)
                    .ifPresent(group -> section.wrong(
                            "address",
                            group + " has an odd port, and RTP's must be even (RFC 3550 §11); use "
                                    + group.withPort(group.port() - 1)));
        }
        if (settings.payload() == Payload.UDP && settings.fec().isPresent()) {
            section.wrong("fec", "needs payload: rtp, whose sequence numbers say what was lost");
        }
        if (settings.payload() == Payload.UDP && settings.duplicate().isPresent()) {
            section.wrong("duplicate", "needs payload: rtp, whose sequence numbers tell copies from each other");
        }
        if (settings.rateBits() != 0 && !settings.smooth().isZero()) {
            section.wrong("smooth", "says nothing beside rate: a constant rate has no peaks");
        }
    }

    private void checkClaims(Section section, MulticastOutputSettings settings, String owner) {
        List<Claim> wanted = MulticastClaims.of(settings);
        for (Claim claim : wanted) {
            if (claim.port() > MAX_PORT) {
                section.wrong("address", "leaves no port for " + claim.use() + "; use a lower one");
                return;
            }
        }
        List<AddressFinding> conflicts = claims.conflicts(owner, wanted);
        conflicts.forEach(finding -> section.found("address", finding));
        if (AddressFinding.refusals(conflicts).isEmpty()) {
            claims.put(owner, wanted);
        }
    }

    private Leg leg(Section section, Leg defaults, String owner) {
        Optional<MulticastGroup> group = group(section, defaults.group(), owner);
        Optional<String> interfaceName = interfaceName(section, defaults.interfaceName());
        Optional<InetAddress> source = unless(
                AUTO,
                section,
                "source",
                defaults.source(),
                "an address of the interface",
                IpLiteral::parse,
                address -> address.isMulticastAddress() || address.isAnyLocalAddress()
                        ? IpLiteral.text(address) + " is no address that a sender can have"
                        : "");
        group.ifPresent(to -> {
            source.ifPresent(from -> checkFamily(section, "source", from, to));
            interfaceName.flatMap(IpLiteral::parse).ifPresent(from -> checkFamily(section, "interface", from, to));
        });
        return new Leg(group, interfaceName, source, ttl(section, defaults.ttl()), dscp(section, defaults.dscp()));
    }

    private static void checkFamily(Section section, String key, InetAddress from, MulticastGroup to) {
        if (from instanceof Inet4Address == to.isIpv6()) {
            section.wrong(
                    key,
                    IpLiteral.text(from) + " can't send to " + to + ": one is IPv4, the other IPv6"
                            + (key.equals("interface") ? "; name the interface" : ""));
        }
    }

    private Optional<MulticastGroup> group(Section section, Optional<MulticastGroup> fallback, String owner) {
        String text = section.value(
                "address",
                fallback.map(MulticastGroup::toString).orElse(AUTO),
                "GROUP:PORT such as 239.255.12.5:5004 or [ff15::8000:1]:5004, or auto",
                value -> Optional.of(value).filter(word -> !word.isBlank()),
                value -> value.equals(AUTO) ? "" : wrongWith(value));
        if (text.equals(AUTO)) {
            return Optional.empty();
        }
        MulticastGroup group = MulticastGroup.parse(text);
        if (owner.contains("*") && section.has("address")) {
            section.wrong("address", "is for one stream, and " + owner + " is for many; use auto, or name the stream");
        }
        if (section.has("address")) {
            plan.check(group.address(), owner).ifPresent(finding -> section.found("address", finding));
        }
        return Optional.of(group);
    }

    private static String wrongWith(String text) {
        MulticastGroup group;
        try {
            group = MulticastGroup.parse(text);
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
        return group.source().isPresent() ? "names the sender, which is a key of its own: source" : "";
    }

    private Optional<Leg> duplicate(Section section, Optional<Leg> fallback, Leg first, String owner) {
        if (section.isWord("duplicate", NONE)) {
            var unused = section.absent("duplicate");
            return Optional.empty();
        }
        if (!section.has("duplicate")) {
            var unused = section.absent("duplicate");
            return fallback;
        }
        Section copy = section.section("duplicate");
        Leg defaults = fallback.orElse(
                new Leg(first.group(), first.interfaceName(), Optional.empty(), first.ttl(), first.dscp()));
        Leg leg = leg(copy, defaults, owner);
        copy.finish();
        return Optional.of(leg);
    }

    private static Optional<FecSettings> fec(Section section, Optional<FecSettings> fallback) {
        if (section.isWord("fec", NONE)) {
            var unused = section.absent("fec");
            return Optional.empty();
        }
        if (!section.has("fec")) {
            var unused = section.absent("fec");
            return fallback;
        }
        Section matrix = section.section("fec");
        int columns = matrix.count("columns", DEFAULT_MATRIX, 1, Integer.MAX_VALUE);
        int rows = matrix.count("rows", DEFAULT_MATRIX, 1, Integer.MAX_VALUE);
        boolean rowFec = yesOrNo(matrix, "row-fec", false);
        matrix.finish();
        String error = FecSettings.error(columns, rows, rowFec);
        if (!error.isEmpty()) {
            section.wrong("fec", error + " (SMPTE ST 2022-1)");
            return fallback;
        }
        return Optional.of(new FecSettings(columns, rows, rowFec));
    }

    private static Optional<String> interfaceName(Section section, Optional<String> fallback) {
        return unless(
                NONE,
                section,
                "interface",
                fallback,
                INTERFACE_FORM,
                text -> Optional.of(text).filter(name -> name.matches("\\S{1," + MAX_INTERFACE_CHARS + "}")),
                name -> "");
    }

    private static int ttl(Section section, int fallback) {
        return section.count("ttl", fallback, 1, MulticastSettings.MAX_TTL);
    }

    private static int dscp(Section section, int fallback) {
        return section.value("dscp", fallback, Dscp.FORM, Dscp::parse, value -> "");
    }

    private static boolean yesOrNo(Section section, String key, boolean fallback) {
        return section.value(key, fallback, Values.YES_OR_NO, Values::yesOrNo, value -> "");
    }

    private static Duration smooth(Section section, Duration fallback) {
        return unless(
                        NONE,
                        section,
                        "smooth",
                        Optional.of(fallback).filter(time -> !time.isZero()),
                        Values.DURATION,
                        Values::duration,
                        time -> time.isZero() || time.compareTo(DepartureSettings.MAX_SMOOTH) > 0
                                ? "must be 1ms to " + Values.text(DepartureSettings.MAX_SMOOTH)
                                : "")
                .orElse(Duration.ZERO);
    }

    private static long rate(Section section, long fallback) {
        return unless(
                        NONE,
                        section,
                        "rate",
                        Optional.of(fallback).filter(bits -> bits != 0),
                        Values.RATE,
                        Values::rate,
                        bits -> bits < DepartureSettings.MIN_RATE_BITS || bits > DepartureSettings.MAX_RATE_BITS
                                ? "must be " + Values.rateText(DepartureSettings.MIN_RATE_BITS) + " to "
                                        + Values.rateText(DepartureSettings.MAX_RATE_BITS)
                                : "")
                .orElse(0L);
    }

    /** A value that {@code word} stands in the place of when there is none. */
    private static <T> Optional<T> unless(
            String word,
            Section section,
            String key,
            Optional<T> fallback,
            String wanted,
            Function<String, Optional<T>> read,
            Function<T, String> check) {
        String form = wanted.endsWith(", or " + word) ? wanted : wanted + ", or " + word;
        return section.value(
                key,
                fallback,
                form,
                text -> {
                    Optional<T> value = text.equals(word) ? Optional.empty() : read.apply(text);
                    return text.equals(word) || value.isPresent() ? Optional.of(value) : Optional.empty();
                },
                value -> value.map(check).orElse(""));
    }
}

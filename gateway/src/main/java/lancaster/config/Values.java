package lancaster.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The typed values of the configuration from text. Empty means that the text isn't one. */
final class Values {
    static final String DURATION = "a duration such as 4s, 500ms or 1m";
    static final String SIZE = "a size such as 64MiB or 2GiB";
    static final String ADDRESS = "an address and a port such as 0.0.0.0:1935 or [::]:8080";

    static final String YES_OR_NO = "true or false";
    static final String RATE = "a rate such as 5Mbit/s or 800kbit/s";

    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("(\\d{1,12})([a-zA-Z]{1,3})");
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
    private static final Pattern IPV6 = Pattern.compile("\\[([0-9a-fA-F:.]{2,45}(?:%[A-Za-z0-9_.-]{1,32})?)]");
    private static final int MAX_PORT = 65_535;

    private static final Map<String, Duration> TIME_UNITS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));
    private static final Map<String, Long> SIZE_UNITS =
            Map.of("b", 1L, "kib", 1L << 10, "mib", 1L << 20, "gib", 1L << 30, "tib", 1L << 40);

    private static final Pattern BITS = Pattern.compile("(\\d{1,9})(k|M|G)?bit/s");
    private static final Map<String, Long> RATE_UNITS = Map.of("k", 1_000L, "M", 1_000_000L, "G", 1_000_000_000L);

    private Values() {}

    static Optional<Duration> duration(String text) {
        Matcher matcher = NUMBER_AND_UNIT.matcher(text);
        Duration unit = matcher.matches() ? TIME_UNITS.get(matcher.group(2)) : null;
        return Optional.ofNullable(unit).map(one -> one.multipliedBy(Long.parseLong(matcher.group(1))));
    }

    /** Bytes; the number must fit 64 bits. */
    static Optional<Long> size(String text) {
        Matcher matcher = NUMBER_AND_UNIT.matcher(text);
        Long unit = matcher.matches() ? SIZE_UNITS.get(matcher.group(2).toLowerCase(Locale.ROOT)) : null;
        if (unit == null) {
            return Optional.empty();
        }
        long number = Long.parseLong(matcher.group(1));
        return number > Long.MAX_VALUE / unit ? Optional.empty() : Optional.of(number * unit);
    }

    /** Bits a second. */
    static Optional<Long> rate(String text) {
        Matcher matcher = BITS.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long unit = matcher.group(2) == null ? 1 : RATE_UNITS.getOrDefault(matcher.group(2), 1L);
        return Optional.of(Long.parseLong(matcher.group(1)) * unit);
    }

    /** How such a rate is written. */
    static String rateText(long bitsPerSecond) {
        return bitsPerSecond % 1_000_000 == 0 ? bitsPerSecond / 1_000_000 + "Mbit/s" : bitsPerSecond / 1_000 + "kbit/s";
    }

    static Optional<Boolean> yesOrNo(String text) {
        return switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    static Optional<Integer> integer(String text) {
        try {
            return Optional.of(Integer.parseInt(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** An IP address or {@code localhost}, and a port; names would need a resolver. */
    static Optional<InetSocketAddress> address(String text) {
        int colon = text.lastIndexOf(':');
        Optional<Integer> port = integer(text.substring(colon + 1)).filter(number -> number >= 0 && number <= MAX_PORT);
        if (colon < 0 || port.isEmpty()) {
            return Optional.empty();
        }
        return host(text.substring(0, colon)).map(host -> new InetSocketAddress(host, port.get()));
    }

    private static Optional<InetAddress> host(String text) {
        Matcher bracketed = IPV6.matcher(text);
        try {
            if (bracketed.matches()) {
                return Optional.of(InetAddress.getByName(bracketed.group(1)));
            }
            if (text.equals("localhost") || IPV4.matcher(text).matches()) {
                return Optional.of(InetAddress.getByName(text.equals("localhost") ? "127.0.0.1" : text));
            }
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    /** How a duration is written, in the largest unit that it is a whole number of. */
    static String text(Duration duration) {
        for (String unit : new String[] {"d", "h", "m", "s"}) {
            long unitMs = TIME_UNITS.getOrDefault(unit, Duration.ZERO).toMillis();
            if (!duration.isZero() && duration.toMillis() % unitMs == 0) {
                return duration.toMillis() / unitMs + unit;
            }
        }
        return duration.toMillis() + "ms";
    }
}

package lancaster.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import lancaster.access.KeySource;
import lancaster.multicast.IpLiteral;
import lancaster.republish.TargetSettings;
import lancaster.rtmp.session.RtmpUrl;

/** Values of keys as the configuration writes them. */
final class ValueText {
    private static final String NONE = "none";
    private static final List<String> SIZE_UNITS = List.of("GiB", "MiB", "KiB");

    private ValueText() {}

    /** Without secrets; nothing for what only says that a word isn't there. */
    static String of(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.map(ValueText::present).orElse(NONE);
        }
        if (value instanceof Long bytes) {
            return size(bytes);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(ValueText::of).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof KeySource key) {
            return key(key);
        }
        return word(value);
    }

    /** A number that may be missing is a rate; sizes always have a default. */
    private static String present(Object value) {
        return value instanceof Long rate ? Values.rateText(rate) : of(value);
    }

    private static String word(Object value) {
        if (value instanceof Duration duration) {
            return Values.text(duration);
        }
        if (value instanceof InetSocketAddress address) {
            return IpLiteral.text(address.getAddress(), address.getPort());
        }
        if (value instanceof InetAddress address) {
            return IpLiteral.text(address);
        }
        if (value instanceof Enum<?> choice) {
            return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
        return address(value.toString());
    }

    /** Addresses lose what gives access; other texts are no addresses. */
    private static String address(String text) {
        try {
            return new TargetSettings(RtmpUrl.parse(text), TargetSettings.DEFAULT_BUFFER).shown(Secret.HIDDEN);
        } catch (IllegalArgumentException e) {
            return Secret.urlShown(text);
        }
    }

    private static String size(long bytes) {
        for (int i = 0; i < SIZE_UNITS.size(); i++) {
            long unit = 1L << (10 * (SIZE_UNITS.size() - i));
            if (bytes % unit == 0) {
                return bytes / unit + SIZE_UNITS.get(i);
            }
        }
        return bytes + "B";
    }

    private static String key(KeySource key) {
        if (key instanceof KeySource.InFile file) {
            return "file:" + file.file();
        }
        if (key instanceof KeySource.InEnvironment variable) {
            return "env:" + variable.variable();
        }
        return key instanceof KeySource.Stored ? "default" : key instanceof KeySource.Open ? NONE : Secret.HIDDEN;
    }
}

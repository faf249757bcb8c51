package lancaster.multicast;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Names of differentiated services code points (RFC 2474, 2597, 3246, 5865, 8622). */
public final class Dscp {
    public static final int MAX = 63;
    /** Where most networks that carry television expect it. */
    public static final int AF41 = 34;

    public static final String FORM = "a DSCP such as AF41, CS4, EF, or its number 0 to 63";

    private static final Map<String, Integer> BY_NAME = byName();

    private Dscp() {}

    private static Map<String, Integer> byName() {
        Map<String, Integer> names = new LinkedHashMap<>();
        for (int precedence = 0; precedence < 8; precedence++) {
            names.put("CS" + precedence, precedence << 3);
        }
        for (int forwarding = 1; forwarding <= 4; forwarding++) {
            for (int drop = 1; drop <= 3; drop++) {
                names.put("AF" + forwarding + drop, forwarding << 3 | drop << 1);
            }
        }
        names.put("LE", 1);
        names.put("VA", 44);
        names.put("EF", 46);
        names.put("DF", 0);
        return names;
    }

    /** The code point of a name or a number; empty if it is neither. */
    public static Optional<Integer> parse(String text) {
        Integer named = BY_NAME.get(text.toUpperCase(Locale.ROOT));
        if (named != null) {
            return Optional.of(named);
        }
        return text.matches("\\d{1,2}") ? Optional.of(Integer.parseInt(text)).filter(n -> n <= MAX) : Optional.empty();
    }

    /** The name of a code point, else its number. */
    public static String text(int dscp) {
        for (Map.Entry<String, Integer> named : BY_NAME.entrySet()) {
            if (named.getValue() == dscp) {
                return named.getKey();
            }
        }
        return Integer.toString(dscp);
    }

    /** The octet that carries it: IPv4's type of service, IPv6's traffic class; ECN bits 0. */
    public static int trafficClass(int dscp) {
        return dscp << 2;
    }
}

package lancaster.hlscheck;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The attributes of a tag (§4.2), with their forms checked where they are known. */
final class AttributeList {
    private static final Pattern ATTRIBUTE = Pattern.compile("([A-Z0-9-]+)=(\"[^\"]*\"|[^\",\\s]*)(,|$)");
    private static final BigInteger LIMIT = BigInteger.ONE.shiftLeft(64);

    private enum Form {
        INTEGER,
        FLOAT,
        SIGNED_FLOAT,
        QUOTED,
        ENUMERATED,
        RESOLUTION
    }

    private static final Map<String, Form> FORMS = Map.ofEntries(
            Map.entry("TIME-OFFSET", Form.SIGNED_FLOAT),
            Map.entry("PRECISE", Form.ENUMERATED),
            Map.entry("URI", Form.QUOTED),
            Map.entry("BYTERANGE", Form.QUOTED),
            Map.entry("BANDWIDTH", Form.INTEGER),
            Map.entry("AVERAGE-BANDWIDTH", Form.INTEGER),
            Map.entry("CODECS", Form.QUOTED),
            Map.entry("RESOLUTION", Form.RESOLUTION),
            Map.entry("FRAME-RATE", Form.FLOAT),
            Map.entry("VIDEO-RANGE", Form.ENUMERATED));

    private final Map<String, String> values = new LinkedHashMap<>();
    private final String where;
    private final Findings findings;

    private AttributeList(String where, Findings findings) {
        this.where = where;
        this.findings = findings;
    }

    static AttributeList parse(String where, String text, Findings findings) {
        AttributeList list = new AttributeList(where, findings);
        list.parse(text);
        return list;
    }

    /** The value of a quoted string without its quotes, or of anything else as it is. */
    Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name)).map(value -> value.replace("\"", ""));
    }

    Optional<Long> integer(String name) {
        return get(name).filter(value -> value.matches("\\d{1,18}")).map(Long::valueOf);
    }

    Optional<BigDecimal> decimal(String name) {
        return get(name).filter(value -> value.matches("-?\\d+(\\.\\d*)?")).map(BigDecimal::new);
    }

    private void parse(String text) {
        Matcher attribute = ATTRIBUTE.matcher(text);
        int at = 0;
        while (at < text.length()) {
            attribute.region(at, text.length());
            if (!attribute.lookingAt()
                    || (attribute.end() == text.length() && !attribute.group(3).isEmpty())) {
                boolean quote = text.indexOf('"', at) >= 0 && text.indexOf('"', at) == text.lastIndexOf('"');
                findings.add(
                        quote ? Rule.QUOTED_STRING : Rule.ATTRIBUTE_LIST, where, "at \"" + text.substring(at) + '"');
                return;
            }
            String name = attribute.group(1);
            String value = attribute.group(2);
            findings.check(!values.containsKey(name), Rule.ATTRIBUTE_ONCE, where, name + " twice");
            values.putIfAbsent(name, value);
            if (FORMS.containsKey(name)) {
                checkForm(name, value, FORMS.get(name));
            }
            at = attribute.end();
        }
    }

    private void checkForm(String name, String value, Form form) {
        String what = name + "=" + value;
        switch (form) {
            case INTEGER -> findings.check(isInteger(value), Rule.DECIMAL_INTEGER, where, what);
            case FLOAT -> findings.check(value.matches("\\d+(\\.\\d+)?"), Rule.DECIMAL_FLOAT, where, what);
            case SIGNED_FLOAT -> findings.check(value.matches("-?\\d+(\\.\\d+)?"), Rule.SIGNED_FLOAT, where, what);
            case QUOTED -> findings.check(value.matches("\"[^\"]+\""), Rule.QUOTED_STRING, where, what);
            case ENUMERATED -> findings.check(value.matches("[^\",\\s]+"), Rule.ENUMERATED_STRING, where, what);
            case RESOLUTION -> findings.check(value.matches("\\d+x\\d+"), Rule.RESOLUTION_FORM, where, what);
        }
    }

    static boolean isInteger(String value) {
        return value.matches("\\d{1,20}") && new BigInteger(value).compareTo(LIMIT) < 0;
    }
}

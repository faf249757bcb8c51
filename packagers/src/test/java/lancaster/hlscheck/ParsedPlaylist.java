package lancaster.hlscheck;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lancaster.bytes.Bytes;
import lancaster.hlscheck.KnownTag.Kind;
import lancaster.hlscheck.KnownTag.Value;

/** The tags and URIs of a playlist in their order, their syntax checked (§4.1, §4.2). */
record ParsedPlaylist(String name, List<Item> items) {
    sealed interface Item {
        int line();
    }

    /** A tag that is known. */
    record Tag(int line, KnownTag tag, String value, AttributeList attributes) implements Item {}

    record Uri(int line, String text) implements Item {}

    static ParsedPlaylist parse(String name, Bytes body, Findings findings) {
        List<Item> items = new ArrayList<>();
        for (PlaylistText.Line line : PlaylistText.lines(name, body, findings)) {
            String where = name + ":" + line.number();
            String text = line.text();
            findings.check(!text.contains("{$"), Rule.NO_UNDEFINED_VARIABLE, where, text);
            if (text.startsWith("#EXT")) {
                tag(where, line, findings).ifPresent(items::add);
            } else if (text.startsWith("#")) {
                boolean looksLikeATag = text.regionMatches(true, 1, "EXT", 0, 3);
                findings.check(!looksLikeATag, Rule.KNOWN_TAGS, where, "a comment that looks like a tag: " + text);
            } else {
                findings.check(!text.strip().contains(" "), Rule.NO_WHITE_SPACE, where, "a URI with white space");
                items.add(new Uri(line.number(), text.strip()));
            }
        }
        ParsedPlaylist parsed = new ParsedPlaylist(name, items);
        parsed.checkKind(findings);
        return parsed;
    }

    boolean isMultivariant() {
        return kinds().contains(Kind.MULTIVARIANT);
    }

    String where(Item item) {
        return name + ":" + item.line();
    }

    List<Tag> all(KnownTag wanted) {
        return items.stream()
                .filter(item -> item instanceof Tag tag && tag.tag() == wanted)
                .map(Tag.class::cast)
                .toList();
    }

    boolean has(KnownTag wanted) {
        return !all(wanted).isEmpty();
    }

    /** The first tag of its name, with an integer. */
    Optional<Long> integer(KnownTag wanted) {
        return all(wanted).stream()
                .map(Tag::value)
                .filter(value -> value.matches("\\d{1,18}"))
                .map(Long::valueOf)
                .findFirst();
    }

    private Set<Kind> kinds() {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        for (Item item : items) {
            if (item instanceof Tag tag) {
                kinds.add(tag.tag().kind());
            }
        }
        return kinds;
    }

    private void checkKind(Findings findings) {
        boolean media = kinds().contains(Kind.MEDIA);
        findings.check(media != isMultivariant(), Rule.ONE_KIND, name, media ? "is both kinds" : "is neither kind");
    }

    private static Optional<Item> tag(String where, PlaylistText.Line line, Findings findings) {
        String text = line.text().strip();
        int colon = text.indexOf(':');
        String name = colon < 0 ? text.substring(1) : text.substring(1, colon);
        String value = colon < 0 ? "" : text.substring(colon + 1);
        Optional<KnownTag> known = KnownTag.of(name.strip());
        if (known.isEmpty()) {
            findings.add(Rule.KNOWN_TAGS, where, "no rule here knows " + name);
            return Optional.empty();
        }
        KnownTag tag = known.get();
        boolean blanks = tag != KnownTag.EXTINF && outsideQuotes(text).contains(" ");
        findings.check(!blanks, Rule.NO_WHITE_SPACE, where, text);
        boolean hasValue = colon >= 0;
        findings.check(hasValue == (tag.value() != Value.NONE), Rule.KNOWN_TAGS, where, "value or none: " + text);
        if (tag.value() == Value.INTEGER) {
            findings.check(AttributeList.isInteger(value), Rule.DECIMAL_INTEGER, where, text);
        }
        String attributes = tag.value() == Value.ATTRIBUTES ? value : "";
        return Optional.of(new Tag(line.number(), tag, value, AttributeList.parse(where, attributes, findings)));
    }

    private static String outsideQuotes(String text) {
        return text.replaceAll("\"[^\"]*\"", "");
    }
}

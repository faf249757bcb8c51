package lancaster.hlscheck;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import lancaster.bytes.Bytes;
import lancaster.hlscheck.ParsedPlaylist.Item;
import lancaster.hlscheck.ParsedPlaylist.Tag;
import lancaster.hlscheck.ParsedPlaylist.Uri;
import org.jspecify.annotations.Nullable;

/** A multivariant playlist as its text says it, with all rules checked that its text alone can break (§4.4.6). */
final class VariantList {
    private static final Set<String> RANGES = Set.of("SDR", "HLG", "PQ");
    private static final Pattern THREE_DECIMALS = Pattern.compile("\\d+\\.\\d{3}");

    /** One EXT-X-STREAM-INF. */
    record Variant(
            int line,
            String uri,
            long bandwidth,
            Optional<Long> averageBandwidth,
            Set<String> codecs,
            Optional<String> resolution,
            Optional<BigDecimal> frameRate,
            String videoRange) {}

    final ParsedPlaylist text;
    final List<Variant> variants = new ArrayList<>();
    private final Findings findings;

    private VariantList(ParsedPlaylist text, Findings findings) {
        this.text = text;
        this.findings = findings;
    }

    static VariantList parse(String name, Bytes body, Findings findings) {
        VariantList list = new VariantList(ParsedPlaylist.parse(name, body, findings), findings);
        list.read();
        return list;
    }

    String where(Variant variant) {
        return text.name() + ":" + variant.line();
    }

    private void read() {
        int versions = text.all(KnownTag.VERSION).size();
        findings.check(versions <= 1, Rule.VERSION_ONCE, text.name(), versions + " times");
        findings.check(
                text.integer(KnownTag.VERSION).orElse(1L) <= 1, Rule.VERSION_NOT_HIGHER, text.name(), "needs 1 only");
        @Nullable Tag pending = null;
        for (Item item : text.items()) {
            if (item instanceof Uri uri && pending != null) {
                add(pending, uri);
                pending = null;
            } else if (item instanceof Uri uri) {
                findings.add(Rule.STREAM_INF_URI, text.where(uri), "a URI without EXT-X-STREAM-INF");
            } else if (item instanceof Tag tag && pending != null) {
                findings.add(Rule.STREAM_INF_URI, text.where(tag), "a tag where the URI of a variant belongs");
            } else if (item instanceof Tag tag && tag.tag() == KnownTag.STREAM_INF) {
                pending = tag;
            }
        }
        if (pending != null) {
            findings.add(Rule.STREAM_INF_URI, text.where(pending), "no URI behind it");
        }
    }

    private void add(Tag tag, Uri uri) {
        String where = text.where(tag);
        AttributeList attributes = tag.attributes();
        Optional<Long> bandwidth = attributes.integer("BANDWIDTH");
        findings.check(bandwidth.isPresent(), Rule.BANDWIDTH, where, "no BANDWIDTH");
        Optional<Long> average = attributes.integer("AVERAGE-BANDWIDTH");
        findings.check(
                average.isEmpty() || bandwidth.isEmpty() || average.get() <= bandwidth.get(),
                Rule.AVERAGE_BANDWIDTH,
                where,
                "above BANDWIDTH");
        String codecs = attributes.get("CODECS").orElse("");
        findings.check(!codecs.isEmpty(), Rule.CODECS, where, "no CODECS");
        boolean video = codecs.matches(".*(avc|hvc|hev|av01|vp09).*");
        Optional<String> resolution = attributes.get("RESOLUTION");
        Optional<String> frameRate = attributes.get("FRAME-RATE");
        findings.check(!video || resolution.isPresent(), Rule.PICTURE, where, "video without RESOLUTION");
        findings.check(
                !video || frameRate.filter(THREE_DECIMALS.asMatchPredicate()).isPresent(),
                Rule.PICTURE,
                where,
                "video without FRAME-RATE of three decimals");
        String range = attributes.get("VIDEO-RANGE").orElse("SDR");
        findings.check(RANGES.contains(range), Rule.VIDEO_RANGE, where, range);
        findings.check(uri.text().matches("[^?]+\\.m3u8?(\\?.*)?"), Rule.PLAYLIST_NAME, text.where(uri), uri.text());
        variants.add(new Variant(
                tag.line(),
                uri.text(),
                bandwidth.orElse(0L),
                average,
                new TreeSet<>(Arrays.asList(codecs.split(","))),
                resolution,
                attributes.decimal("FRAME-RATE"),
                range));
    }
}

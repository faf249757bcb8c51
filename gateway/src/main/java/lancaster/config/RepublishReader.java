package lancaster.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import lancaster.republish.TargetSettings;
import lancaster.rtmp.session.RtmpUrl;

/** Reads {@code republish}: addresses, or {@code { url, buffer }}, or a list of either. */
final class RepublishReader {
    private static final String KEY = "republish";
    private static final String NONE = "none";
    private static final String FORM = "rtmp[s]://HOST/APPLICATION/NAME, with ?key=KEY where the server needs it";
    private static final Duration LEAST_BUFFER = Duration.ofMillis(200);
    private static final Duration MOST_BUFFER = Duration.ofSeconds(60);
    private static final int MAX_TARGETS = 100;

    private RepublishReader() {}

    /** @param pattern of the streams of the section */
    static List<TargetSettings> read(Section section, String pattern) {
        if (!section.has(KEY) || section.isWord(KEY, NONE)) {
            var unused = section.absent(KEY);
            return List.of();
        }
        long wildcards = pattern.chars()
                .filter(each -> each == TargetSettings.ANY.charAt(0))
                .count();
        List<TargetSettings> targets = new ArrayList<>();
        Set<RtmpUrl> urls = new HashSet<>();
        for (Section item : section.items(KEY, Section.URL)) {
            String text =
                    item.value(Section.URL, "", FORM, word -> java.util.Optional.of(word), RepublishReader::wrongWith);
            Duration buffer = item.duration("buffer", TargetSettings.DEFAULT_BUFFER, LEAST_BUFFER, MOST_BUFFER);
            item.finish();
            if (!text.isEmpty()) {
                TargetSettings target = new TargetSettings(RtmpUrl.parse(text), buffer);
                if (!target.shown(Secret.HIDDEN).equals(text)) {
                    item.secret(Section.URL, target.shown(Secret.HIDDEN));
                }
                if (target.places() != wildcards) {
                    item.wrong(Section.URL, placesWrong(pattern, wildcards));
                }
                if (!urls.add(target.url())) {
                    item.wrong(Section.URL, "is there twice");
                }
                targets.add(target);
            } else if (!item.has(Section.URL)) {
                item.wrong(Section.URL, "is missing: " + FORM);
            }
        }
        if (targets.size() > MAX_TARGETS) {
            section.wrong(KEY, "lists more than " + MAX_TARGETS + " servers");
        }
        return targets;
    }

    private static String placesWrong(String pattern, long wildcards) {
        if (wildcards == 0) {
            return "has a *, which stands for the name of a stream where an entry is for many; " + pattern
                    + " is for one";
        }
        return "is for many streams and needs " + (wildcards == 1 ? "one *" : wildcards + " *")
                + " in it, each in the place of what the * of " + pattern + " stands for";
    }

    private static String wrongWith(String text) {
        try {
            var unused = RtmpUrl.parse(text);
            return "";
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
    }
}

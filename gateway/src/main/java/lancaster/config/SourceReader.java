package lancaster.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lancaster.multicast.MulticastGroup;
import lancaster.output.MulticastOutputSettings;
import lancaster.receiver.SourceSettings;
import lancaster.receiver.SourceUrl;
import lancaster.receiver.SourceUrl.PullUrl;
import lancaster.receiver.SourceUrl.StreamUrl;

/** Reads {@code source}: an address, or {@code { url, interface }}, or a list of two of either. */
final class SourceReader {
    private static final String KEY = "source";
    private static final String NONE = "none";

    private SourceReader() {}

    /**
     * @param pattern of the streams of the section
     * @param interfaceName where groups are joined if nothing else is said
     */
    static Optional<SourceSettings> read(Section section, String pattern, Optional<String> interfaceName) {
        if (!section.has(KEY) || section.isWord(KEY, NONE)) {
            var unused = section.absent(KEY);
            return Optional.empty();
        }
        List<SourceUrl> urls = new ArrayList<>();
        boolean wrong = false;
        for (Section item : section.items(KEY, Section.URL)) {
            Optional<SourceUrl> url = url(item);
            wrong |= url.isEmpty();
            url.ifPresent(urls::add);
        }
        String error = pattern.contains("*")
                ? "is for one stream, and " + pattern + " is for many; name the stream"
                : SourceSettings.error(urls);
        if (wrong || !error.isEmpty()) {
            if (!wrong) {
                section.wrong(KEY, error);
            }
            return Optional.empty();
        }
        return Optional.of(new SourceSettings(urls, interfaceName));
    }

    private static Optional<SourceUrl> url(Section item) {
        String text = item.value(Section.URL, "", SourceUrl.FORM, Optional::of, SourceReader::wrongWith);
        String name = item.value(
                "interface",
                "",
                "the name of an interface or one of its addresses",
                word -> Optional.of(word).filter(each -> each.matches("\\S{1,64}")),
                word -> "");
        item.finish();
        if (text.isEmpty()) {
            if (!item.has("url")) {
                item.wrong("url", "is missing: " + SourceUrl.FORM);
            }
            return Optional.empty();
        }
        SourceUrl url = SourceUrl.parse(text);
        if (url instanceof PullUrl && !Secret.urlShown(text).equals(text)) {
            item.secret(Section.URL, Secret.urlShown(text));
        }
        if (url instanceof PullUrl && !name.isEmpty()) {
            item.wrong("interface", "says nothing here: the routes say how a server is reached");
        }
        return Optional.of(name.isEmpty() ? url : url.on(name));
    }

    private static String wrongWith(String text) {
        try {
            var unused = SourceUrl.parse(text);
            return "";
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** A stream that is sent to where it comes from would garble itself. */
    static void checkLoop(Section section, Optional<SourceSettings> source, Optional<MulticastOutputSettings> sent) {
        for (SourceUrl url : source.map(SourceSettings::urls).orElse(List.of())) {
            if (url instanceof StreamUrl stream && sent.isPresent()) {
                sent.get().legs().stream()
                        .flatMap(leg -> leg.group().stream())
                        .map(MulticastGroup::socketAddress)
                        .filter(group -> group.equals(stream.address()))
                        .findFirst()
                        .ifPresent(group -> section.wrong(KEY, "is where multicast sends this stream to"));
            }
        }
    }
}

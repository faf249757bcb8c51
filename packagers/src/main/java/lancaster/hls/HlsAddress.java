package lancaster.hls;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lancaster.segment.SegmentFormat;

/**
 * An HLS address taken apart: the stream's path and what is asked of it. Names are spelled in exactly one way, so that
 * caches hold each thing once; anything else is no address.
 *
 * @param stream {@code APP/NAME}, not judged here
 */
public record HlsAddress(String stream, HlsResource resource) {
    /** Longer paths are nobody's. */
    private static final int MAX_PATH_LENGTH = 2048;

    private static final String LIST_SUFFIX = ".m3u8";
    private static final Pattern BELOW_STREAM = Pattern.compile("(.+)/(ts|fmp4)/([a-z0-9-]{1,32}\\.[a-z0-9]{2,4})");
    private static final Pattern NUMBERED = Pattern.compile("(init-)?(0|[1-9][0-9]{0,17})\\.(ts|m4s|mp4)");

    /**
     * @param path decoded, without the leading slash
     * @param format the value of the query parameter {@code format}, if it is there
     */
    public static Optional<HlsAddress> parse(String path, Optional<String> format) {
        if (path.length() > MAX_PATH_LENGTH) {
            return Optional.empty();
        }
        Matcher below = BELOW_STREAM.matcher(path);
        if (below.matches()) {
            SegmentFormat folder = SegmentFormat.byId(below.group(2)).orElseThrow();
            return resource(folder, below.group(3)).map(resource -> new HlsAddress(below.group(1), resource));
        }
        if (!path.endsWith(LIST_SUFFIX) || path.length() == LIST_SUFFIX.length()) {
            return Optional.empty();
        }
        Optional<SegmentFormat> known = format.flatMap(SegmentFormat::byId).filter(SegmentFormat::isHls);
        if (format.isPresent() && known.isEmpty()) {
            return Optional.empty();
        }
        String stream = path.substring(0, path.length() - LIST_SUFFIX.length());
        return Optional.of(new HlsAddress(stream, new HlsResource.Multivariant(known)));
    }

    private static Optional<HlsResource> resource(SegmentFormat format, String name) {
        if (name.equals("video.m3u8") || name.equals("audio.m3u8")) {
            return Optional.of(new HlsResource.MediaList(format, name.startsWith("video")));
        }
        Matcher numbered = NUMBERED.matcher(name);
        if (!numbered.matches()) {
            return Optional.empty();
        }
        boolean init = numbered.group(1) != null;
        long number = Long.parseLong(numbered.group(2));
        String extension = numbered.group(3);
        if (init) {
            return format == SegmentFormat.FMP4 && extension.equals("mp4")
                    ? Optional.of(new HlsResource.Init(number))
                    : Optional.empty();
        }
        return extension.equals(format.extension())
                ? Optional.of(new HlsResource.SegmentData(format, number))
                : Optional.empty();
    }
}

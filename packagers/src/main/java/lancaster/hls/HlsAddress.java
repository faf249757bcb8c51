package lancaster.hls;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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

    private static final List<SegmentFormat> FOLDERS = List.of(SegmentFormat.TS, SegmentFormat.FMP4);
    private static final String LIST_SUFFIX = ".m3u8";
    private static final String INIT_PREFIX = "init-";
    private static final String INIT_EXTENSION = "mp4";
    private static final int MAX_BASE_CHARS = 32;
    private static final int MIN_EXTENSION_CHARS = 2;
    private static final int MAX_EXTENSION_CHARS = 4;
    /** As many as surely fit into 64 bits. */
    private static final int MAX_DIGITS = 18;

    /**
     * @param path decoded, without the leading slash
     * @param format the value of the query parameter {@code format}, if it is there
     */
    public static Optional<HlsAddress> parse(String path, Optional<String> format) {
        if (path.length() > MAX_PATH_LENGTH) {
            return Optional.empty();
        }
        int name = path.lastIndexOf('/') + 1;
        Optional<SegmentFormat> folder = folder(path, name - 1);
        if (folder.isPresent() && isFileName(path, name)) {
            String stream = path.substring(0, name - folder.get().id().length() - 2);
            return resource(folder.get(), path.substring(name)).map(resource -> new HlsAddress(stream, resource));
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

    /** The format whose folder, below a stream, ends at {@code end}. */
    private static Optional<SegmentFormat> folder(String path, int end) {
        for (SegmentFormat format : FOLDERS) {
            int start = end - format.id().length();
            if (start > 1 && path.charAt(start - 1) == '/' && path.startsWith(format.id(), start)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    /** Whether the rest of {@code path} looks like the name of a file; if not, it may be part of a stream's. */
    private static boolean isFileName(String path, int from) {
        int dot = from;
        while (dot < path.length() && (isLetterOrDigit(path.charAt(dot)) || path.charAt(dot) == '-')) {
            dot++;
        }
        int extension = path.length() - dot - 1;
        if (dot == from || dot - from > MAX_BASE_CHARS) {
            return false;
        }
        if (extension < MIN_EXTENSION_CHARS || extension > MAX_EXTENSION_CHARS || path.charAt(dot) != '.') {
            return false;
        }
        for (int i = dot + 1; i < path.length(); i++) {
            if (!isLetterOrDigit(path.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || isDigit(c);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static Optional<HlsResource> resource(SegmentFormat format, String name) {
        if (name.equals("video.m3u8") || name.equals("audio.m3u8")) {
            return Optional.of(new HlsResource.MediaList(format, name.startsWith("video")));
        }
        boolean init = name.startsWith(INIT_PREFIX);
        int dot = name.indexOf('.');
        OptionalLong number = number(name.substring(init ? INIT_PREFIX.length() : 0, dot));
        String extension = name.substring(dot + 1);
        if (number.isEmpty()) {
            return Optional.empty();
        }
        if (init) {
            return format == SegmentFormat.FMP4 && extension.equals(INIT_EXTENSION)
                    ? Optional.of(new HlsResource.Init(number.getAsLong()))
                    : Optional.empty();
        }
        return extension.equals(format.extension())
                ? Optional.of(new HlsResource.SegmentData(format, number.getAsLong()))
                : Optional.empty();
    }

    /** Without leading zeros. */
    private static OptionalLong number(String digits) {
        if (digits.isEmpty() || digits.length() > MAX_DIGITS || (digits.charAt(0) == '0' && digits.length() > 1)) {
            return OptionalLong.empty();
        }
        long number = 0;
        for (int i = 0; i < digits.length(); i++) {
            if (!isDigit(digits.charAt(i))) {
                return OptionalLong.empty();
            }
            number = 10 * number + digits.charAt(i) - '0';
        }
        return OptionalLong.of(number);
    }
}

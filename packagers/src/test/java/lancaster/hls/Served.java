package lancaster.hls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import lancaster.bytes.Bytes;

/** What a feed answers to addresses, as an HTTP handler would. */
final class Served {
    private Served() {}

    /** @param format the query parameter of a multivariant playlist; ignored for anything else */
    static HlsAnswer find(HlsFeed feed, String path, Optional<String> format) {
        HlsResource resource =
                HlsAddress.parse(path, Optional.empty()).orElseThrow().resource();
        return resource instanceof HlsResource.Multivariant
                ? feed.find(HlsAddress.parse(path, format).orElseThrow().resource())
                : feed.find(resource);
    }

    /** The body, where the answer is 200. */
    static Optional<Bytes> load(HlsFeed feed, String path, Optional<String> format) {
        HlsAnswer answer = find(feed, path, format);
        if (answer instanceof HlsAnswer.Playlist playlist) {
            return Optional.of(playlist.text().plain());
        }
        try {
            return answer instanceof HlsAnswer.File file
                    ? Optional.of(Bytes.wrap(Files.readAllBytes(file.file().path())))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

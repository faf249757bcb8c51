package lancaster.hds;

import java.time.Duration;
import lancaster.segment.Rendered;
import lancaster.segment.SegmentFile;

/** What a handler answers to a request for an {@link HdsResource}, and how long caches may keep it (HDS §10.2, §11.3). */
public sealed interface HdsAnswer {
    /** The media type of manifests: what Adobe's server calls them; HDS §10.1 leaves {@code +xml} away. */
    String MANIFEST_TYPE = "application/f4m+xml";
    /** Of bootstraps; players of OSMF take no text for one. */
    String BOOTSTRAP_TYPE = "application/octet-stream";

    String FRAGMENT_TYPE = "video/f4f";

    /** 200 with a manifest or a bootstrap. */
    record Document(Rendered body, String contentType, Duration maxAge) implements HdsAnswer {}

    /**
     * 200 with a fragment, which never changes.
     *
     * @param etag strong entity tag, quoted
     */
    record File(SegmentFile file, String etag, Duration maxAge) implements HdsAnswer {}

    /**
     * 404: not here, not yet, or no longer. Players retry what they miss, and take every such answer alike.
     *
     * @param reason a sentence for people
     * @param maxAge 0 for manifests: a stream that isn't there may come at any moment (HDS §10.2)
     */
    record Missing(String reason, Duration maxAge) implements HdsAnswer {}
}

package lancaster.segment;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A container format of segments; its id names it in the configuration, in marks and as a folder in addresses. */
public enum SegmentFormat {
    /** MPEG-TS (RFC 8216bis §3.1.1). */
    TS("ts", "ts"),
    /** Fragmented MP4 (RFC 8216bis §3.1.2). */
    FMP4("fmp4", "m4s"),
    /** F4F fragments of HTTP Dynamic Streaming (F4V 10.1 annex C). */
    HDS("hds", "f4f");

    private final String id;
    private final String extension;

    SegmentFormat(String id, String extension) {
        this.id = id;
        this.extension = extension;
    }

    public String id() {
        return id;
    }

    /** What ends the names of its segments, without the dot. */
    public String extension() {
        return extension;
    }

    /** Whose segments have the same payloads, so that there is no need to store them twice. */
    Optional<SegmentFormat> lender() {
        return this == HDS ? Optional.of(FMP4) : Optional.empty();
    }

    /** Who has it as {@link #lender}. */
    static List<SegmentFormat> borrowers(SegmentFormat format) {
        return Arrays.stream(values())
                .filter(other -> other.lender().equals(Optional.of(format)))
                .toList();
    }

    /** Whether playlists of HTTP Live Streaming may list it. */
    public boolean isHls() {
        return this != HDS;
    }

    public static Optional<SegmentFormat> byId(String id) {
        return Arrays.stream(values()).filter(format -> format.id.equals(id)).findFirst();
    }
}

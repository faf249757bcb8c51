package lancaster.hlscheck;

import java.util.Arrays;
import java.util.Optional;

/** The tags that the rules here cover, with the kind of playlist they belong to (§4.4). */
enum KnownTag {
    EXTM3U(Kind.ANY, Value.NONE),
    VERSION(Kind.ANY, Value.INTEGER),
    INDEPENDENT_SEGMENTS(Kind.ANY, Value.NONE),
    START(Kind.ANY, Value.ATTRIBUTES),
    TARGETDURATION(Kind.MEDIA, Value.INTEGER),
    MEDIA_SEQUENCE(Kind.MEDIA, Value.INTEGER),
    DISCONTINUITY_SEQUENCE(Kind.MEDIA, Value.INTEGER),
    ENDLIST(Kind.MEDIA, Value.NONE),
    PLAYLIST_TYPE(Kind.MEDIA, Value.TEXT),
    DISCONTINUITY(Kind.MEDIA, Value.NONE),
    MAP(Kind.MEDIA, Value.ATTRIBUTES),
    PROGRAM_DATE_TIME(Kind.MEDIA, Value.TEXT),
    GAP(Kind.MEDIA, Value.NONE),
    EXTINF(Kind.MEDIA, Value.TEXT),
    STREAM_INF(Kind.MULTIVARIANT, Value.ATTRIBUTES);

    enum Kind {
        ANY,
        MEDIA,
        MULTIVARIANT
    }

    enum Value {
        NONE,
        INTEGER,
        ATTRIBUTES,
        TEXT
    }

    private final Kind kind;
    private final Value value;

    KnownTag(Kind kind, Value value) {
        this.kind = kind;
        this.value = value;
    }

    Kind kind() {
        return kind;
    }

    Value value() {
        return value;
    }

    /** As in the playlist, without the number sign. */
    String text() {
        return this == EXTM3U || this == EXTINF ? name() : "EXT-X-" + name().replace('_', '-');
    }

    static Optional<KnownTag> of(String text) {
        return Arrays.stream(values()).filter(tag -> tag.text().equals(text)).findFirst();
    }
}

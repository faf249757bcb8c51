package lancaster.endless;

import java.util.function.Consumer;

/** A format that live streams can be read in without an end. */
public enum EndlessFormat {
    FLV("flv", "video/x-flv"),
    TS("ts", "video/mp2t");

    private final String extension;
    private final String suffix;
    private final String contentType;

    EndlessFormat(String extension, String contentType) {
        this.extension = extension;
        this.suffix = '.' + extension;
        this.contentType = contentType;
    }

    /** What ends its addresses, without the dot. */
    public String extension() {
        return extension;
    }

    /** The same with the dot. */
    public String suffix() {
        return suffix;
    }

    public String contentType() {
        return contentType;
    }

    public EndlessMuxer newMuxer(Consumer<Piece> out) {
        return this == FLV ? new FlvEndless(out) : new TsEndless(out);
    }
}

package lancaster.receiver;

import lancaster.stream.StreamPath;

/**
 * Something that people who wait for a stream want to know.
 *
 * @param text a sentence without a full stop
 */
public record ReceiverNews(StreamPath path, Kind kind, String text) {
    public enum Kind {
        /** Groups are joined; nothing has come yet. */
        JOINED,
        /** Receiving can't begin; it is tried again. */
        FAILED,
        /** The first datagram has come. */
        HEARD,
        /** It is known what the stream consists of. */
        TRACKS,
        /** The stream is live. */
        PUBLISHED,
        /** Nothing comes. */
        SILENT,
        /** Something comes of which nothing can be made. */
        UNUSABLE,
        /** A trouble is over. */
        BACK
    }

    /** Whether something is wrong. */
    public boolean isTrouble() {
        return kind == Kind.FAILED || kind == Kind.SILENT || kind == Kind.UNUSABLE;
    }
}

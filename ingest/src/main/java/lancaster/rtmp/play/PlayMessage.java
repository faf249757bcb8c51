package lancaster.rtmp.play;

import lancaster.rtmp.chunk.RawMessage;

/**
 * A message that is played.
 *
 * @param kind one of the bits below
 * @param raw on message stream {@link #MESSAGE_STREAM}, whatever stream it is sent on
 */
public record PlayMessage(int kind, RawMessage raw) {
    public static final int AUDIO = 1;
    public static final int VIDEO = 2;
    public static final int DATA = 4;
    /** The marks of the timeline, for another Lancaster. */
    public static final int MARKS = 8;

    /** Before what comes behind a cut: that there is one, for those who get marks. */
    public static final int GAP = 16;

    /** What every player gets. */
    public static final int MEDIA = AUDIO | VIDEO | DATA;

    /** What nearly all clients play on: the first stream that they create. */
    public static final int MESSAGE_STREAM = 1;
}

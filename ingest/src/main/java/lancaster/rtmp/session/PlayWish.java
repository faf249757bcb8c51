package lancaster.rtmp.session;

import java.util.List;
import java.util.OptionalDouble;
import lancaster.amf.AmfValue;
import lancaster.rtmp.message.NetStatus;
import lancaster.rtmp.message.RtmpMessage.Command;

/**
 * What the command {@code play} or {@code play2} asks for (§7.2.2.1, §7.2.2.2).
 *
 * @param name the stream's name as the client gave it
 * @param durationMs how much of it
 * @param greeting status reports before the stream is there
 */
record PlayWish(int messageStreamId, String name, long durationMs, List<NetStatus> greeting) {
    private static final long FOR_EVER = Long.MAX_VALUE;
    private static final int START = 2;
    private static final int DURATION = 3;
    private static final int RESET = 4;
    /** "Live" and "live or recorded" as the specification writes them, in seconds. */
    private static final double LEAST_IN_SECONDS = -2;

    private static final double MS_A_SECOND = 1_000;
    /** More is for ever. */
    private static final double MAX_MS = 1e12;

    /** {@code play}: name, start, duration, reset. */
    static PlayWish ofPlay(Command play) {
        boolean adds = play.arguments().size() > RESET
                && play.arguments().get(RESET) instanceof AmfValue.Bool reset
                && !reset.value();
        return new PlayWish(
                play.messageStreamId(),
                play.string(1).orElse(""),
                durationMs(play),
                adds ? List.of() : List.of(NetStatus.PLAY_RESET));
    }

    /** {@code play2}: another rendition in the place of the one that plays. */
    static PlayWish ofPlay2(Command play2) {
        return new PlayWish(
                play2.messageStreamId(),
                play2.object(1).string("streamName").orElse(""),
                FOR_EVER,
                List.of(NetStatus.PLAY_TRANSITION));
    }

    /**
     * Deviation: §7.2.2.1 counts seconds, but clients have always sent thousandths, -2000 for live or recorded; who
     * writes the start as it is written there is taken to write the duration so, too.
     */
    private static long durationMs(Command play) {
        double given = number(play, DURATION).orElse(-1);
        double start = number(play, START).orElse(LEAST_IN_SECONDS * MS_A_SECOND);
        boolean inSeconds = start < 0 && start >= LEAST_IN_SECONDS;
        double ms = inSeconds ? given * MS_A_SECOND : given;
        return ms >= 0 && ms <= MAX_MS ? (long) ms : FOR_EVER;
    }

    private static OptionalDouble number(Command play, int index) {
        return index < play.arguments().size() ? play.arguments().get(index).asNumber() : OptionalDouble.empty();
    }
}

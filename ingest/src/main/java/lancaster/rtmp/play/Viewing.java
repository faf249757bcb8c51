package lancaster.rtmp.play;

import java.time.Duration;
import lancaster.runloop.RunLoop;

/**
 * What a {@link Viewer} is to take to a player.
 *
 * @param loop that it is called on
 * @param kinds of messages that are wanted, the bits of {@link PlayMessage}
 * @param durationMs how much of it
 * @param stall a player that takes nothing for so long is given up
 * @param onDone called once when so much was handed on, or the reel has ended and all of it was that could be
 */
public record Viewing(
        Reel reel,
        PlayMeter meter,
        RunLoop loop,
        int messageStreamId,
        int kinds,
        long durationMs,
        Duration stall,
        Runnable onDone) {}

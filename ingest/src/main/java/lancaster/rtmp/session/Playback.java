package lancaster.rtmp.session;

import lancaster.rtmp.play.FanOuts;
import lancaster.rtmp.play.PlaySettings;

/** How the clients of a loop play. */
public record Playback(PlayHandler handler, FanOuts streams, PlaySettings settings) {}

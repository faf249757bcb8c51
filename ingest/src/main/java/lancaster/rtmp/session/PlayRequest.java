package lancaster.rtmp.session;

import java.util.Optional;
import java.util.function.Function;
import lancaster.runloop.RunLoop;
import lancaster.stream.StreamPath;

/**
 * A client's wish to play.
 *
 * @param parameter what the queries of its address say by that name, decoded; what proves that it may, for one
 * @param remoteAddress where it comes from, for people
 * @param player what it calls itself; may be empty
 * @param loop the loop of its connection
 */
public record PlayRequest(
        StreamPath path,
        Function<String, Optional<String>> parameter,
        String remoteAddress,
        String player,
        RunLoop loop) {
    /** Without parameters, which must not enter a log. */
    @Override
    public String toString() {
        return path + " to " + remoteAddress + " (" + player + ")";
    }
}

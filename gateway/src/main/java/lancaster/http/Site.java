package lancaster.http;

import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import lancaster.output.HlsOutputs;
import lancaster.output.MulticastOutputs;
import lancaster.receiver.Receivers;
import lancaster.stream.StreamPath;
import lancaster.stream.StreamRegistry;

/**
 * What the server shows.
 *
 * @param multicastChanges reads what is to change from JSON
 * @param rtmpPort where encoders publish, for the pages to say
 * @param clock of the time that viewers are told
 * @param unready what keeps the gateway from being ready; nothing if it is
 */
public record Site(
        StreamRegistry streams,
        HlsOutputs hls,
        MulticastOutputs multicasts,
        MulticastChanges multicastChanges,
        Receivers receivers,
        int rtmpPort,
        InstantSource clock,
        Supplier<List<String>> unready,
        Vitals vitals) {
    /** Reads the change that a JSON object asks for; what is wrong comes out when it is applied. */
    public interface MulticastChanges {
        MulticastOutputs.Change read(String json, StreamPath path);
    }
}

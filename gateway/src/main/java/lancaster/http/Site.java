package lancaster.http;

import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import lancaster.output.HlsOutputs;
import lancaster.stream.StreamRegistry;

/**
 * What the server shows.
 *
 * @param rtmpPort where encoders publish, for the pages to say
 * @param clock of the time that viewers are told
 * @param unready what keeps the gateway from being ready; nothing if it is
 */
public record Site(
        StreamRegistry streams, HlsOutputs hls, int rtmpPort, InstantSource clock, Supplier<List<String>> unready) {}

package lancaster.http;

import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import lancaster.api.Api;
import lancaster.output.Audience;
import lancaster.output.EndlessOutputs;
import lancaster.output.HdsOutputs;
import lancaster.output.HlsOutputs;
import lancaster.output.MulticastOutputs;
import lancaster.picture.Pictures;
import lancaster.receiver.Receivers;
import lancaster.stream.StreamRegistry;

/**
 * What the server shows.
 *
 * @param audience is told who watches
 * @param rtmpPort where encoders publish, for the pages to say
 * @param clock of the time that viewers are told
 * @param unready what keeps the gateway from being ready; nothing if it is
 */
public record Site(
        StreamRegistry streams,
        HlsOutputs hls,
        HdsOutputs hds,
        EndlessOutputs endless,
        Pictures pictures,
        MulticastOutputs multicasts,
        Receivers receivers,
        Api api,
        Audience audience,
        int rtmpPort,
        InstantSource clock,
        Supplier<List<String>> unready,
        Vitals vitals) {}

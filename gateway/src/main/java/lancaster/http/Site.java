package lancaster.http;

import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import lancaster.access.ManageGate;
import lancaster.access.viewing.ViewingGate;
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
 * @param managing knows who manages the box
 * @param viewing decides who may watch
 * @param openMetrics whether metrics can be read without a login
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
        ManageGate managing,
        ViewingGate viewing,
        BooleanSupplier openMetrics,
        Audience audience,
        int rtmpPort,
        InstantSource clock,
        Supplier<List<String>> unready,
        Vitals vitals) {}

package lancaster.probe;

import java.util.List;
import java.util.Optional;

/**
 * What a stream really is.
 *
 * @param url what was looked at, without secrets
 * @param kind of container and transport, for people
 * @param seconds for how long it was looked at
 * @param notes what else is worth saying
 * @param faults what is wrong with it, in words
 */
public record ProbeReport(
        String url,
        String kind,
        double seconds,
        List<TrackReport> tracks,
        TimingReport timing,
        Optional<DatagramReport> datagrams,
        Optional<RtpReport> rtp,
        Optional<TransportReport> transport,
        Optional<HlsReport> hls,
        List<String> notes,
        List<String> faults) {
    public ProbeReport {
        tracks = List.copyOf(tracks);
        notes = List.copyOf(notes);
        faults = List.copyOf(faults);
    }
}

package lancaster.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lancaster.flv.FlvMessage;

/** Measures what an RTMP server plays. Owner: the player's loop. */
public final class RtmpProbe {
    private final String url;
    private final long beginNs;
    private final StreamProbe stream;
    private final FlvProbe flv;
    private final List<String> notes = new ArrayList<>();

    public RtmpProbe(String url, long beginNs) {
        this.url = url;
        this.beginNs = beginNs;
        this.stream = StreamProbe.live(beginNs);
        this.flv = new FlvProbe(stream);
    }

    public void accept(FlvMessage tag, long arrivalNs) {
        flv.accept(tag, arrivalNs);
    }

    public void note(String text) {
        notes.add(text);
    }

    public boolean isEmpty() {
        return !stream.hasMedia();
    }

    public ProbeReport report(long endNs) {
        Faults faults = new Faults();
        faults.counted(flv.faults());
        List<TrackReport> tracks = stream.tracks();
        faults.tracks(tracks, stream.timing(endNs));
        return new ProbeReport(
                url,
                "RTMP",
                (endNs - beginNs) / 1e9,
                tracks,
                stream.timing(endNs),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                notes,
                faults.all());
    }
}

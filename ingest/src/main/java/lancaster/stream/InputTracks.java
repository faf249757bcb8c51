package lancaster.stream;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import lancaster.media.Mark;
import lancaster.media.Track;
import lancaster.media.TrackRemoved;
import org.jspecify.annotations.Nullable;

/** The tracks that publishers of a stream have ever had, by id. Owner: the stream's loop. */
final class InputTracks {
    private final List<InputTrack> tracks = new ArrayList<>();

    List<InputTrack> all() {
        return tracks;
    }

    /** The track, if the present publisher has configured it. */
    @Nullable
    InputTrack present(int id) {
        InputTrack track = find(id);
        return track != null && track.present ? track : null;
    }

    void configure(Track wanted) {
        InputTrack track = find(wanted.id());
        if (track == null) {
            track = new InputTrack(wanted);
            tracks.add(track);
            tracks.sort(Comparator.comparingInt(each -> each.id));
        }
        track.configure(wanted);
    }

    /** Another publisher begins: it has to configure its tracks, and its times are new. */
    void restart() {
        for (InputTrack track : tracks) {
            track.present = false;
            track.running = false;
            track.clock.restart();
            if (track.samples != null) {
                track.samples.restart();
            }
        }
    }

    /** Takes those tracks out of the stream that the present publisher doesn't have: decoders would wait for them. */
    void leaveAbsent(Outputs outputs) {
        for (InputTrack track : tracks) {
            if (!track.present && track.joined != null) {
                track.joined = null;
                outputs.emit(new TrackRemoved(track.id), false);
            }
        }
    }

    /** Where the samples of the audio tracks stand that go on counting. */
    List<Mark.SampleClock> sampleClocks() {
        List<Mark.SampleClock> clocks = new ArrayList<>();
        for (InputTrack track : tracks) {
            if (track.joined != null && track.samples != null && track.samples.isCounting()) {
                clocks.add(new Mark.SampleClock(track.id, track.samples.nextSample()));
            }
        }
        return clocks;
    }

    private @Nullable InputTrack find(int id) {
        for (InputTrack track : tracks) {
            if (track.id == id) {
                return track;
            }
        }
        return null;
    }
}

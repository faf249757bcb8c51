package lancaster.segment;

import java.util.List;
import java.util.Optional;
import lancaster.media.Track;

/**
 * The tracks of a run of segments with their decoder configurations: what an initialization segment says.
 *
 * @param firstSegment the first segment that has them; names the initialization segment, and never comes twice
 * @param tracks video before audio
 */
public record TrackSet(long firstSegment, List<Track> tracks) {
    public TrackSet {
        tracks = List.copyOf(tracks);
    }

    public boolean hasVideo() {
        return video().isPresent();
    }

    public Optional<Track> video() {
        return tracks.stream().filter(Track::isVideo).findFirst();
    }

    public Optional<Track> audio() {
        return tracks.stream().filter(Track::isAudio).findFirst();
    }

    /** Whether it has the track of an access unit. */
    public boolean contains(int trackId) {
        for (Track track : tracks) {
            if (track.id() == trackId) {
                return true;
            }
        }
        return false;
    }
}

package lancaster.isobmff;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import lancaster.codec.avc.AvcDecoderConfiguration;
import lancaster.codec.avc.AvcSps;
import lancaster.media.CodecConfig;
import lancaster.media.CodecConfig.AvcConfig;
import lancaster.media.Track;

/**
 * A track under the number that it has in the file.
 *
 * @param id track_ID, from 1 on in the order of the stream's track ids
 */
record TrackBox(int id, Track track) {
    static List<TrackBox> of(List<Track> tracks) {
        List<Track> sorted = new ArrayList<>(tracks);
        sorted.sort(Comparator.comparingInt(Track::id));
        List<TrackBox> boxes = new ArrayList<>();
        sorted.forEach(track -> boxes.add(new TrackBox(boxes.size() + 1, track)));
        return boxes;
    }

    CodecConfig config() {
        return track.config();
    }

    boolean isAudio() {
        return track.isAudio();
    }

    TrackTimescale timescale() {
        return TrackTimescale.of(track);
    }

    /** Pixels, square ones; 0 for audio. */
    int displayWidth() {
        return config() instanceof AvcConfig avc ? sps(avc).displayWidth() : 0;
    }

    int displayHeight() {
        return config() instanceof AvcConfig avc ? sps(avc).height() : 0;
    }

    private static AvcSps sps(AvcConfig config) {
        return AvcDecoderConfiguration.of(config).firstSps();
    }
}

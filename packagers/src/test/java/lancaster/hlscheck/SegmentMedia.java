package lancaster.hlscheck;

import java.util.List;
import java.util.Optional;

/** What a segment holds, in whatever format. */
record SegmentMedia(List<TrackMedia> tracks) {
    Optional<TrackMedia> video() {
        return tracks.stream().filter(TrackMedia::video).findFirst();
    }

    Optional<TrackMedia> audio() {
        return tracks.stream().filter(track -> !track.video()).findFirst();
    }

    /** With the codecs and pictures of the segment before, where this one has no parameter sets. */
    SegmentMedia completedBy(SegmentMedia before) {
        return new SegmentMedia(tracks.stream()
                .map(track -> before.tracks.stream()
                        .filter(other ->
                                other.id() == track.id() && track.codec().isEmpty())
                        .findFirst()
                        .map(track::codedLike)
                        .orElse(track))
                .toList());
    }

    /** Video if there is any (§3, the duration of a segment). */
    Optional<TrackMedia> leading() {
        return video().or(this::audio);
    }
}

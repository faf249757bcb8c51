package lancaster.stream;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import lancaster.media.DataMessage;
import lancaster.media.Mark;
import lancaster.media.MediaEvent;
import lancaster.media.Timebase;
import lancaster.media.TimelineRecord;

/**
 * What a stream decides about time, segments and numbers: by itself as the {@link Origin}, or as the {@link Follower}
 * of a publisher that is trusted to decide. Owner: the stream's loop.
 */
final class Timeline {
    private final TimelineHead head;
    private final Outputs outputs;
    private final InputTracks tracks = new InputTracks();
    private final Origin origin;
    private final Follower follower;
    private boolean following;

    Timeline(TimelineHead head, Outputs outputs, Consumer<CloseReason> refuse) {
        this.head = head;
        this.outputs = outputs;
        this.origin = new Origin(head, tracks, outputs, refuse);
        this.follower = new Follower(head, tracks, outputs);
    }

    TimelineHead head() {
        return head;
    }

    TimelineRecord record() {
        return head.record();
    }

    List<InputTrack> tracks() {
        return tracks.all();
    }

    boolean isFollowing() {
        return following;
    }

    long cutsWithoutRandomAccess() {
        return origin.cutsWithoutRandomAccess();
    }

    long refusedMarks() {
        return follower.refusedMarks();
    }

    /** How much further the encoder's clock has run than its audio samples since they were anchored; with video only. */
    OptionalLong driftMs() {
        for (InputTrack track : tracks.all()) {
            if (track.samples != null && tracks.all().get(0).isVideo()) {
                return OptionalLong.of(Timebase.toMs(track.samples.drift90k()));
            }
        }
        return OptionalLong.empty();
    }

    /** Another publication begins with the events of its probe. */
    boolean begin(PublisherInfo publisher, StreamSettings settings, List<MediaEvent> held, long nowNs) {
        breakOff();
        tracks.restart();
        following = publisher.trustsMarks() && held.stream().anyMatch(this::canFollow);
        if (following) {
            follower.begin();
        } else {
            origin.begin(settings);
        }
        for (MediaEvent event : held) {
            if (!on(event, nowNs)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the stream goes on; a publisher that decides may end it. */
    boolean on(MediaEvent event, long nowNs) {
        if (following) {
            return follower.on(event, nowNs);
        }
        origin.on(event, nowNs);
        return true;
    }

    /** The publisher's access units have a gap; followers must not pretend that their segments are whole. */
    void onGap(int accessUnits) {
        if (following) {
            outputs.gap(accessUnits);
        }
    }

    /** The stream is over. */
    void end() {
        breakOff();
        outputs.emit(head.mark(Mark.Kind.END, head.end90k(), tracks.sampleClocks()), false);
    }

    /** A segment of another box whose end never came isn't whole, whatever comes instead. */
    private void breakOff() {
        if (following) {
            outputs.gap(1);
        }
    }

    private boolean canFollow(MediaEvent event) {
        return event instanceof DataMessage message && follower.canFollow(message);
    }
}

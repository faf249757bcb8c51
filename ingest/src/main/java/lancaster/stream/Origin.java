package lancaster.stream;

import java.util.function.Consumer;
import lancaster.bytes.Bytes;
import lancaster.media.AccessUnit;
import lancaster.media.DataMessage;
import lancaster.media.Mark.Kind;
import lancaster.media.MediaEvent;
import lancaster.media.Timebase;
import lancaster.media.TimelineRecord;
import lancaster.media.TrackConfigured;
import lancaster.stream.SampleClock.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Decides the timeline of a publication: repairs times, cuts and numbers segments. What changes the stream, be it a
 * track, its configuration or a break in time, waits for a place where decoding can start, so that every discontinuity
 * begins a segment that stands alone. Owner: the stream's loop.
 */
final class Origin {
    /** Without video for so long audio is taken for all there is. */
    private static final long VIDEO_LIVES_90K = 10 * Timebase.HZ;
    /** Composition times beyond this are nonsense. */
    private static final int LONGEST_COMPOSITION_90K = (int) (10 * Timebase.HZ);

    private final TimelineHead head;
    private final Outputs outputs;
    private final InputTracks tracks;
    private final Consumer<CloseReason> refuse;
    private final Timestamps timestamps = new Timestamps();
    private final SegmentCuts cuts;

    private long gopLimit90k = Long.MAX_VALUE;
    private @Nullable DataMessage firstMetadata;
    private boolean anchored;
    private boolean discontinuityWaits;
    private boolean configurationWaits;
    private long publicationStart90k;
    private long cutsWithoutRandomAccess;

    /** @param refuse is told when the publication breaks a setting */
    Origin(TimelineHead head, InputTracks tracks, Outputs outputs, Consumer<CloseReason> refuse) {
        this.head = head;
        this.tracks = tracks;
        this.outputs = outputs;
        this.refuse = refuse;
        TimelineRecord record = head.record();
        this.cuts = new SegmentCuts(record.segment90k(), record.targetDurationS(), record.independentSegments());
    }

    long cutsWithoutRandomAccess() {
        return cutsWithoutRandomAccess;
    }

    /** Another publication begins, its tracks are restarted; on a timeline with a past that is a discontinuity. */
    void begin(StreamSettings settings) {
        gopLimit90k = settings.gopLimit()
                .map(limit -> Timebase.fromMs(limit.toMillis()))
                .orElse(Long.MAX_VALUE);
        anchored = false;
        firstMetadata = null;
        configurationWaits = false;
        discontinuityWaits = !head.state().next().isVirgin();
    }

    void on(MediaEvent event, long nowNs) {
        if (event instanceof AccessUnit unit) {
            InputTrack track = tracks.present(unit.trackId());
            if (track != null) {
                track.meter.unit(unit.payload().length(), nowNs);
                on(track, unit);
            }
        } else if (event instanceof TrackConfigured configured) {
            tracks.configure(configured.track());
            configurationWaits = true;
        } else if (event instanceof DataMessage message && !TimelineMessage.is(message)) {
            onData(message);
        }
    }

    /** Metadata that comes first waits for the publication's first mark. */
    private void onData(DataMessage message) {
        if (anchored) {
            long dts90k = Math.max(timestamps.peek(message.dts90k()), publicationStart90k);
            outputs.emit(new DataMessage(dts90k, message.name(), message.amf0()), false);
        } else if (message.name().equals(MetadataHint.METADATA)) {
            firstMetadata = message;
        }
    }

    /** Audio that is older than the publication's first picture is left out. */
    private void on(InputTrack track, AccessUnit unit) {
        boolean startsHere = unit.randomAccess() && (track.isVideo() || !videoIsLive());
        boolean waits = track.isVideo() ? !track.running && !startsHere : track.isChanged() && !startsHere;
        if (waits) {
            track.meter.drop();
            return;
        }
        if (!anchored) {
            anchor(unit);
        }
        long liftedBefore = track.clock.lifted();
        long encoder90k = timestamps.map(track.clock, unit.dts90k());
        if (timestamps.jumped()) {
            onJump();
        }
        if (!track.isVideo() && encoder90k < publicationStart90k) {
            track.meter.drop();
        } else if (track.samples == null) {
            onUntimed(track, unit, encoder90k, startsHere);
        } else {
            boolean reliable = track.clock.lifted() == liftedBefore;
            onSampled(track, track.samples, unit, encoder90k, reliable);
        }
    }

    /** The publication's first access unit is placed by the head; the others follow from it. */
    private void anchor(AccessUnit first) {
        anchored = true;
        publicationStart90k = head.resume90k();
        timestamps.anchor(first.dts90k(), publicationStart90k);
    }

    private void onJump() {
        discontinuityWaits = true;
        for (InputTrack track : tracks.all()) {
            if (track.samples != null) {
                track.samples.awaitAnchor();
            }
        }
    }

    /** A track whose times are the encoder's: video, and audio whose frame length is not known. */
    private void onUntimed(InputTrack track, AccessUnit unit, long dts90k, boolean startsHere) {
        boolean video = track.isVideo();
        if (video && startsHere) {
            track.running = true;
            cuts.randomAccess(dts90k);
        }
        Kind kind = boundary(track, dts90k, startsHere);
        if (video && !track.running) {
            track.meter.drop();
            return;
        }
        if (kind != null) {
            begin(kind, track, dts90k);
        }
        if (track.isChanged()) {
            // No segment may begin here: the track joins at its next random access point.
            track.running = false;
            track.meter.drop();
            return;
        }
        if (video) {
            track.meter.frame(startsHere, dts90k);
            if (cuts.gopSoFar90k(dts90k) > gopLimit90k) {
                refuse.accept(new CloseReason(
                        CloseReason.Kind.REFUSED,
                        "no random access point for longer than the GOP limit of " + Timebase.toMs(gopLimit90k)
                                + " ms: shorten the encoder's keyframe interval"));
            }
        }
        emit(track, unit, unit.payload(), dts90k, startsHere);
    }

    /** Audio that is timed by counting samples. */
    private void onSampled(InputTrack track, SampleClock samples, AccessUnit unit, long encoder90k, boolean reliable) {
        Verdict verdict = samples.judge(encoder90k, reliable);
        if (verdict == Verdict.REMOVE) {
            return;
        }
        discontinuityWaits |= verdict == Verdict.GAP;
        Kind kind = boundary(track, samples.place(encoder90k), !videoIsLive());
        if (kind == Kind.DISCONTINUITY) {
            samples.onDiscontinuity();
        }
        if (kind != null) {
            begin(kind, track, samples.place(encoder90k));
        }
        if (track.isChanged()) {
            // No segment may begin here: the track joins where one does, and its count is anchored there.
            samples.awaitAnchor();
            track.meter.drop();
            return;
        }
        boolean startsHere = !videoIsLive();
        if (verdict == Verdict.INSERT) {
            emit(track, unit, track.lastFrame, samples.place(encoder90k), startsHere);
            samples.advance();
        }
        emit(track, unit, unit.payload(), samples.place(encoder90k), startsHere);
        samples.advance();
        track.lastFrame = unit.payload();
    }

    /** Whether a segment begins with this access unit, and how. */
    private @Nullable Kind boundary(InputTrack track, long dts90k, boolean startsHere) {
        if (!head.begun()) {
            return discontinuityWaits ? Kind.DISCONTINUITY : Kind.CUT;
        }
        if (!cuts.mayEndAt(dts90k)) {
            return null;
        }
        if (startsHere && (discontinuityWaits || (configurationWaits && anyJoinsWith(track)))) {
            return Kind.DISCONTINUITY;
        }
        return switch (cuts.judge(dts90k, startsHere, track.frame90k(), track.isVideo() || !videoIsLive())) {
            case NONE -> null;
            case CUT -> Kind.CUT;
            case FORCED -> {
                head.giveUpIndependence();
                cutsWithoutRandomAccess++;
                yield Kind.CUT;
            }
            case GAP -> {
                // Decoders start anew behind a discontinuity: pictures that lean on older ones are no use there.
                discontinuityWaits = true;
                if (!startsHere) {
                    tracks.all().forEach(each -> each.running = false);
                }
                yield Kind.DISCONTINUITY;
            }
        };
    }

    private void begin(Kind kind, InputTrack track, long dts90k) {
        if (kind == Kind.DISCONTINUITY) {
            discontinuityWaits = false;
            cuts.forgetGops();
            if (track.isVideo()) {
                cuts.randomAccess(dts90k);
            }
            for (InputTrack each : tracks.all()) {
                each.meter.breakGop();
                if (each.samples != null) {
                    each.samples.onDiscontinuity();
                }
            }
        }
        if (kind == Kind.DISCONTINUITY || !head.begun()) {
            joinWith(track);
        }
        cuts.begin(dts90k);
        outputs.emit(head.mark(kind, dts90k, tracks.sampleClocks()), false);
        if (firstMetadata != null) {
            outputs.emit(new DataMessage(dts90k, firstMetadata.name(), firstMetadata.amf0()), false);
            firstMetadata = null;
        }
    }

    /** Audio may join wherever decoding can start, video at its own random access points. */
    private boolean anyJoinsWith(InputTrack starting) {
        for (InputTrack track : tracks.all()) {
            if (joinsWith(track, starting)) {
                return true;
            }
        }
        return false;
    }

    private void joinWith(InputTrack starting) {
        configurationWaits = false;
        tracks.leaveAbsent(outputs);
        for (InputTrack track : tracks.all()) {
            if (joinsWith(track, starting)) {
                track.joined = track.wanted;
                outputs.emit(new TrackConfigured(track.wanted), false);
            }
            configurationWaits |= track.present && track.isChanged();
        }
    }

    private static boolean joinsWith(InputTrack track, InputTrack starting) {
        return track.present && track.isChanged() && (track == starting || !track.isVideo());
    }

    private void emit(InputTrack track, AccessUnit unit, Bytes payload, long dts90k, boolean startsHere) {
        int cts90k = Math.max(-LONGEST_COMPOSITION_90K, Math.min(LONGEST_COMPOSITION_90K, unit.cts90k()));
        head.reached(dts90k, dts90k + cts90k, track.frame90k());
        timestamps.reached(dts90k);
        outputs.emit(new AccessUnit(track.id, dts90k, cts90k, unit.randomAccess(), payload), startsHere);
    }

    private boolean videoIsLive() {
        boolean live = false;
        for (InputTrack track : tracks.all()) {
            if (track.isVideo() && track.running) {
                track.running = head.last90k() - track.clock.lastOut90k < VIDEO_LIVES_90K;
                live |= track.running;
            }
        }
        return live;
    }
}

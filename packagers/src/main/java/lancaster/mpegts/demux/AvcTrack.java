package lancaster.mpegts.demux;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.codec.avc.AvcDecoderConfiguration;
import lancaster.codec.avc.AvcSps;
import lancaster.codec.avc.SliceHeader;
import lancaster.media.AccessUnit;
import lancaster.media.MediaEvent;
import lancaster.media.Track;
import lancaster.media.TrackConfigured;
import org.jspecify.annotations.Nullable;

/**
 * The H.264 track of a program: puts the fields of a frame together, makes its configuration of the parameter sets in
 * the stream, and lets nothing out that can't be decoded because something before it was lost.
 */
final class AvcTrack {
    /** The duration of a frame where nothing tells it. */
    private static final long FRAME_90K = 3_600;
    /** A step longer than this is a pause, not the duration of a frame. */
    private static final long LONGEST_FRAME_90K = 90_000;

    private final int trackId;
    private final FaultCounters faults;
    private final Consumer<MediaEvent> sink;

    private @Nullable AvcDecoderConfiguration configuration;
    /** The configuration that went out. */
    private @Nullable AvcDecoderConfiguration announced;

    private @Nullable AvcSps activeSps;
    private List<Bytes> lastSps = List.of();
    private List<Bytes> lastPps = List.of();
    /** A field whose frame isn't complete. */
    private @Nullable AvcPicture firstField;

    private State state = State.BEGINNING;
    private int lastReferenceFrameNum;
    private boolean timed;
    private long lastDts90k;
    private int lastCts90k;
    private long frame90k = FRAME_90K;
    private long accessUnits;

    private enum State {
        /** Nothing has been shown yet. */
        BEGINNING,
        /** A reference is missing: only a random access point helps. */
        BROKEN,
        /** Something was lost to which nothing refers, if it was all. */
        SUSPECT,
        RUNNING
    }

    AvcTrack(int trackId, FaultCounters faults, Consumer<MediaEvent> sink) {
        this.trackId = trackId;
        this.faults = faults;
        this.sink = sink;
    }

    long accessUnits() {
        return accessUnits;
    }

    /** Parameter sets without a picture. */
    void parameterSets(List<Bytes> sps, List<Bytes> pps) {
        lastSps = sps.isEmpty() ? lastSps : List.copyOf(sps);
        lastPps = pps.isEmpty() ? lastPps : List.copyOf(pps);
    }

    void picture(AvcPicture picture) {
        Optional<SliceHeader> header = header(picture);
        boolean field = header.isPresent() && header.get().field();
        AvcPicture first = firstField;
        firstField = null;
        if (first != null && field && isSecondOf(first, picture, header.get())) {
            complete(first.with(picture));
            return;
        }
        if (first != null) {
            complete(first);
        }
        if (field) {
            firstField = picture;
        } else {
            complete(picture);
        }
    }

    /** An access unit is missing, or more. */
    void lost(boolean mayBeReferred) {
        firstField = null;
        if (state == State.RUNNING || state == State.SUSPECT) {
            state = mayBeReferred ? State.BROKEN : State.SUSPECT;
        }
    }

    void flush() {
        if (firstField != null) {
            complete(firstField);
            firstField = null;
        }
    }

    /** The header of the picture's first slice, under the parameter set it comes with or the one that is active. */
    private Optional<SliceHeader> header(AvcPicture picture) {
        if (!picture.sps().isEmpty() && (picture.idr() || activeSps == null)) {
            Bytes unit = picture.sps().get(0);
            if (configuration == null || !unit.equals(configuration.sps().get(0))) {
                try {
                    activeSps = AvcSps.parse(unit);
                } catch (ProtocolException e) {
                    activeSps = null;
                }
            }
        }
        return activeSps == null ? Optional.empty() : SliceHeader.parse(picture.slice(), activeSps);
    }

    /** Two fields of opposite parity with the same frame_num are one frame (§7.4.1.2.4); an IDR picture may be the first. */
    private boolean isSecondOf(AvcPicture first, AvcPicture second, SliceHeader header) {
        Optional<SliceHeader> before = header(first);
        return before.isPresent()
                && before.get().bottomField() != header.bottomField()
                && before.get().frameNum() == header.frameNum()
                && !second.idr()
                && (before.get().reference() || !header.reference());
    }

    private void complete(AvcPicture picture) {
        boolean randomAccess = isRandomAccess(picture);
        Optional<SliceHeader> header = header(picture);
        if (state == State.SUSPECT && !randomAccess && !follows(header)) {
            state = State.BROKEN;
        }
        header.filter(SliceHeader::reference).ifPresent(slice -> lastReferenceFrameNum = slice.frameNum());
        reckonTime(picture.time());
        parameterSets(picture.sps(), picture.pps());
        if (!randomAccess && (state == State.BEGINNING || state == State.BROKEN)) {
            if (state == State.BROKEN) {
                faults.count(TsFault.NOT_DECODABLE);
            }
            return;
        }
        if (randomAccess && !configure(picture.sps())) {
            faults.count(TsFault.NO_CONFIGURATION);
            state = State.BROKEN;
            return;
        }
        AvcDecoderConfiguration current = configuration;
        if (current != null && timed) {
            state = State.RUNNING;
            give(picture, current, randomAccess);
        }
    }

    private void give(AvcPicture picture, AvcDecoderConfiguration current, boolean randomAccess) {
        if (!current.equals(announced)) {
            announced = current;
            sink.accept(new TrackConfigured(new Track(trackId, current.toConfig())));
        }
        boolean told = current.sps().containsAll(picture.sps()) && current.pps().containsAll(picture.pps());
        Bytes payload = told ? picture.units() : picture.withParameterSets();
        accessUnits++;
        sink.accept(new AccessUnit(trackId, lastDts90k, lastCts90k, randomAccess, payload));
    }

    /**
     * An IDR picture, or one where a recovery point says that pictures are right from here on. A recovery that takes some
     * pictures, or an intra picture behind parameter sets, counts where the multiplexer calls it a random access point.
     */
    private boolean isRandomAccess(AvcPicture picture) {
        if (picture.idr()) {
            return true;
        }
        var recovery = picture.recoveryFrames();
        if (recovery.isPresent()) {
            return recovery.getAsInt() == 0 || picture.time().randomAccess();
        }
        return picture.time().randomAccess()
                && !picture.sps().isEmpty()
                && header(picture).map(SliceHeader::intra).orElse(false);
    }

    /** Whether no reference picture is missing: frame_num counts them (§7.4.3). */
    private boolean follows(Optional<SliceHeader> header) {
        AvcSps sps = activeSps;
        return header.isPresent()
                && sps != null
                && header.get().frameNum() == (lastReferenceFrameNum + 1) % (1 << sps.frameNumBits());
    }

    /**
     * Follows the parameter sets of a random access point; whether there is a configuration for it. A new SPS makes one; a
     * new PPS alone goes with its access unit, for some encoders send another one before each picture.
     */
    private boolean configure(List<Bytes> sps) {
        AvcDecoderConfiguration current = configuration;
        if (current != null && current.sps().containsAll(sps)) {
            return true;
        }
        if (lastSps.isEmpty() || lastPps.isEmpty()) {
            return false;
        }
        try {
            AvcDecoderConfiguration next = AvcDecoderConfiguration.of(distinct(lastSps), distinct(lastPps));
            activeSps = next.firstSps();
            configuration = next;
            return true;
        } catch (ProtocolException unreadable) {
            return false;
        }
    }

    private static List<Bytes> distinct(List<Bytes> units) {
        return units.stream().distinct().toList();
    }

    /** Sets the time of this picture; one without timestamps is one frame behind the one before. */
    private void reckonTime(PesTime time) {
        if (time.known()) {
            long step90k = time.dts90k() - lastDts90k;
            if (timed && step90k > 0 && step90k <= LONGEST_FRAME_90K) {
                frame90k = step90k;
            }
            lastDts90k = time.dts90k();
            lastCts90k = time.cts90k();
            timed = true;
        } else {
            faults.count(TsFault.MISSING_TIMESTAMP);
            lastDts90k += frame90k;
        }
    }
}

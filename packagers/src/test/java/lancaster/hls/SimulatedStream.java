package lancaster.hls;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.codec.aac.AudioSpecificConfig;
import lancaster.codec.avc.AvcDecoderConfiguration;
import lancaster.kit.Hex;
import lancaster.media.AccessUnit;
import lancaster.media.CodecConfig.AacConfig;
import lancaster.media.CodecConfig.AvcConfig;
import lancaster.media.Mark;
import lancaster.media.MediaEvent;
import lancaster.media.Timebase;
import lancaster.media.TimelineRecord;
import lancaster.media.Track;
import lancaster.media.TrackConfigured;

/**
 * A live stream made by hand, with the marks that an origin would set: video frames in milliseconds with a fixed group
 * of pictures, audio on its sample clock, both in order of their decoding times.
 */
public final class SimulatedStream {
    /** High profile, level 4, 1920×1080, 30 frames a second by its timing. */
    public static final Track VIDEO = new Track(
            Track.VIDEO,
            new AvcConfig(Hex.bytes(
                    "01640028ff e1001b 67640028acd940780227e5c044000003000400000300f03c60c658 01 0004 68ef8fcb")));

    /** Baseline profile, level 3, 640×360. */
    public static final Track SMALL_VIDEO = new Track(
            Track.VIDEO,
            AvcDecoderConfiguration.of(
                            List.of(Hex.bytes("6742c01ed900a02ff970110000030001000003003c0f162e48")),
                            List.of(Hex.bytes("68cb83cb20")))
                    .toConfig());

    public static final Track AUDIO = new Track(Track.AUDIO, AudioSpecificConfig.parse(Hex.bytes("1190")));
    private static final long ROUND_UP_90K = Timebase.HZ / 2;

    private final List<Track> tracks = new ArrayList<>();
    private final Consumer<MediaEvent> out;
    private final double framesPerSecond;
    private final int framesPerGroup;
    private TimelineRecord record;
    private long number;
    private long discontinuities;
    private long segmentStart90k;
    private Mark.Kind due = Mark.Kind.CUT;
    private long base90k;
    private long frames;
    private long samples;
    private long last90k;
    private long now90k;

    public SimulatedStream(
            TimelineRecord record,
            List<Track> tracks,
            double framesPerSecond,
            double secondsPerGroup,
            Consumer<MediaEvent> out) {
        this.record = record;
        this.framesPerSecond = framesPerSecond;
        this.framesPerGroup = (int) Math.round(framesPerSecond * secondsPerGroup);
        this.out = out;
        configure(tracks);
    }

    /** Numbers go on from here. */
    public SimulatedStream numberedFrom(long first, long discontinuitySequence) {
        number = first;
        discontinuities = discontinuitySequence;
        return this;
    }

    /** The encoder goes on with these tracks, where it starts anew. */
    public void configure(List<Track> now) {
        tracks.clear();
        tracks.addAll(now);
        now.forEach(track -> out.accept(new TrackConfigured(track)));
    }

    /** The encoder starts anew {@code pause90k} behind its last frame. */
    public void reconnect(long pause90k) {
        due = Mark.Kind.DISCONTINUITY;
        base90k = last90k + Math.max(pause90k, 3600);
        frames = 0;
        samples = 0;
    }

    /** Makes all access units of the next {@code seconds}. */
    public void run(double seconds) {
        now90k = Math.max(now90k, base90k) + Math.round(seconds * Timebase.HZ);
        while (true) {
            long video90k = has(Track.VIDEO) ? videoTime(frames) : Long.MAX_VALUE;
            long audio90k = has(Track.AUDIO) ? audioTime(samples) : Long.MAX_VALUE;
            last90k = Math.min(video90k, audio90k);
            if (last90k >= now90k) {
                return;
            }
            if (video90k <= audio90k) {
                video(video90k);
            } else {
                audio(audio90k);
            }
        }
    }

    public void end() {
        mark(Mark.Kind.END, last90k);
    }

    private boolean has(int trackId) {
        return tracks.stream().anyMatch(track -> track.id() == trackId);
    }

    private long videoTime(long frame) {
        return base90k + Timebase.fromMs(Math.round(frame * 1000 / framesPerSecond));
    }

    private long audioTime(long sample) {
        return base90k + Timebase.ofSamples(sample, 48_000);
    }

    private void video(long dts90k) {
        boolean key = frames % framesPerGroup == 0;
        long boundary90k = (segmentStart90k / record.segment90k() + 1) * record.segment90k();
        long next90k = videoTime(frames + 1);
        boolean tooLong = next90k - segmentStart90k >= record.targetDurationS() * Timebase.HZ + ROUND_UP_90K;
        if (due != Mark.Kind.CUT || frames + number == 0 || (key && dts90k >= boundary90k) || tooLong) {
            if (!key) {
                record = record.withoutIndependentSegments();
            }
            mark(due, dts90k);
        }
        out.accept(new AccessUnit(Track.VIDEO, dts90k, key ? 0 : 3600, key, picture(key)));
        frames++;
    }

    private void audio(long dts90k) {
        if (!has(Track.VIDEO)) {
            long boundary90k = (segmentStart90k / record.segment90k() + 1) * record.segment90k();
            if (due != Mark.Kind.CUT || samples + number == 0 || dts90k >= boundary90k) {
                mark(due, dts90k);
            }
        } else if (due != Mark.Kind.CUT) {
            samples += samplesPerFrame();
            return;
        }
        out.accept(new AccessUnit(Track.AUDIO, dts90k, 0, true, Bytes.wrap(new byte[200])));
        samples += samplesPerFrame();
    }

    private static int samplesPerFrame() {
        return ((AacConfig) AUDIO.config()).samplesPerFrame();
    }

    private void mark(Mark.Kind kind, long start90k) {
        discontinuities += kind == Mark.Kind.DISCONTINUITY ? 1 : 0;
        long utcMs = record.zeroUtcMs() + start90k / Timebase.TICKS_PER_MS;
        out.accept(new Mark(record, kind, number, start90k, discontinuities, utcMs, List.of(), List.of()));
        if (kind != Mark.Kind.END) {
            number++;
            segmentStart90k = start90k;
            due = Mark.Kind.CUT;
        }
    }

    /** One NAL unit that looks like a slice from outside; its size varies with its place. */
    private Bytes picture(boolean key) {
        int length = key ? 4000 : 300 + (int) (frames * 7919 % 200);
        ByteWriter unit = new ByteWriter(length + 4).u32(length).u8(key ? 0x65 : 0x41);
        for (int i = 1; i < length; i++) {
            unit.u8((int) (1 + (frames + i) % 255));
        }
        return unit.bytes();
    }
}

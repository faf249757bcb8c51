package lancaster.testcard;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import lancaster.amf.Amf0Writer;
import lancaster.amf.AmfObject;
import lancaster.amf.AmfValue;
import lancaster.bytes.Bytes;
import lancaster.media.AccessUnit;
import lancaster.media.CodecConfig.AvcConfig;
import lancaster.media.DataMessage;
import lancaster.media.MediaEvent;
import lancaster.media.Timebase;
import lancaster.media.Track;
import lancaster.media.TrackConfigured;
import lancaster.publisher.MediaSource;

/**
 * The test card: 480x272 at 25 frames a second with a beep each second. Its media time 0 is the moment it was made,
 * to the next frame, and a picture shows the wall clock of its own media time; so whoever plays it in real time shows
 * the time of day, and the beep begins with the picture on which the second changes. A frame is made when it is asked
 * for, none is made for a time that was skipped.
 */
public final class TestCard implements MediaSource {
    /** A random access picture as each even second begins. */
    private static final int GOP_MS = 2_000;

    private static final long FRAME_90K = Timebase.HZ / TestPicture.FRAMES_PER_SECOND;
    private static final long AUDIO_FRAME_90K = Timebase.HZ * BeepLoop.SAMPLES_PER_FRAME / BeepLoop.SAMPLE_RATE;

    private static final int WARM_UP_PICTURES = 3;
    private static final int FLV_AVC = 7;
    private static final int FLV_AAC = 10;

    private final ZoneId zone;
    private final long zeroUtcMs;
    private final TestPicture picture;
    private final PictureEncoder encoder = newEncoder();
    private final BeepLoop beeps = new BeepLoop();
    private final Queue<MediaEvent> opening;
    /** Media time of the loop's frame 0; never positive. */
    private final long beepZero90k;

    private long nextFrame;
    private long nextAudioFrame;
    private long lastGop = Long.MIN_VALUE;

    /** A card that shows {@code name} and starts now, in the time of {@code zone}. */
    public TestCard(String name, InstantSource clock, ZoneId zone) {
        this.zone = zone;
        picture = new TestPicture(name);
        warmUp(picture.draw(clock.instant().atZone(zone)));
        zeroUtcMs = -Math.floorDiv(-clock.millis(), TestPicture.FRAME_MS) * TestPicture.FRAME_MS;
        beepZero90k = Timebase.fromMs(-Math.floorMod(zeroUtcMs, (long) BeepLoop.PERIOD_MS));
        nextAudioFrame = audioFrameFrom(0);
        opening = new ArrayDeque<>(List.of(
                new DataMessage(0, "onMetaData", metadata()),
                new TrackConfigured(new Track(Track.VIDEO, new AvcConfig(encoder.configuration()))),
                new TrackConfigured(new Track(Track.AUDIO, beeps.configuration()))));
    }

    /** The first pictures take a cold JVM longer than a picture lasts: they are made while nobody waits for them. */
    private static void warmUp(Canvas canvas) {
        PictureEncoder throwAway = newEncoder();
        for (int i = 0; i < WARM_UP_PICTURES; i++) {
            throwAway.encode(canvas, true);
        }
    }

    private static PictureEncoder newEncoder() {
        return new PictureEncoder(TestPicture.WIDTH, TestPicture.HEIGHT, TestPicture.FRAMES_PER_SECOND);
    }

    /** What encoders tell of themselves (FLV §E.5). */
    private static Bytes metadata() {
        AmfObject properties = AmfObject.builder()
                .put("width", TestPicture.WIDTH)
                .put("height", TestPicture.HEIGHT)
                .put("framerate", TestPicture.FRAMES_PER_SECOND)
                .put("videocodecid", FLV_AVC)
                .put("audiocodecid", FLV_AAC)
                .put("audiosamplerate", BeepLoop.SAMPLE_RATE)
                .put("stereo", true)
                .put("encoder", "Lancaster test card")
                .build();
        return Amf0Writer.write(new AmfValue.EcmaArray(properties));
    }

    @Override
    public Optional<MediaEvent> next() {
        MediaEvent first = opening.poll();
        if (first != null) {
            return Optional.of(first);
        }
        long video90k = nextFrame * FRAME_90K;
        long audio90k = beepZero90k + nextAudioFrame * AUDIO_FRAME_90K;
        return Optional.of(audio90k < video90k ? audio(audio90k) : video(video90k));
    }

    private AccessUnit audio(long dts90k) {
        return new AccessUnit(Track.AUDIO, dts90k, 0, true, beeps.frame(nextAudioFrame++));
    }

    private AccessUnit video(long dts90k) {
        long utcMs = zeroUtcMs + nextFrame++ * TestPicture.FRAME_MS;
        long gop = Math.floorDiv(utcMs, (long) GOP_MS);
        boolean idr = gop != lastGop;
        lastGop = gop;
        Canvas canvas = picture.draw(Instant.ofEpochMilli(utcMs).atZone(zone));
        Bytes coded = encoder.encode(canvas, idr);
        return new AccessUnit(Track.VIDEO, dts90k, 0, idr, coded);
    }

    @Override
    public boolean skipTo(long dts90k) {
        nextFrame = Math.max(nextFrame, ceilDiv(dts90k, FRAME_90K));
        nextAudioFrame = Math.max(nextAudioFrame, audioFrameFrom(dts90k));
        return true;
    }

    private long audioFrameFrom(long dts90k) {
        return ceilDiv(dts90k - beepZero90k, AUDIO_FRAME_90K);
    }

    private static long ceilDiv(long dividend, long divisor) {
        return -Math.floorDiv(-dividend, divisor);
    }
}

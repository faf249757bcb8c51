package lancaster.stream;

import java.util.function.Consumer;
import lancaster.amf.Amf0Writer;
import lancaster.amf.AmfObject;
import lancaster.amf.AmfValue;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.media.AccessUnit;
import lancaster.media.CodecConfig.AacConfig;
import lancaster.media.CodecConfig.AvcConfig;
import lancaster.media.DataMessage;
import lancaster.media.MediaEvent;
import lancaster.media.Timebase;
import lancaster.media.Track;
import lancaster.media.TrackConfigured;

/**
 * An encoder with a clock of its own: 25 pictures a second and AAC, in the order and with the millisecond times of
 * RTMP. What it sends depends on its settings alone; each frame's payload says which one it is.
 */
final class FakeEncoder {
    static final int FRAME_MS = 40;
    static final int SAMPLE_RATE = 48_000;
    static final int SAMPLES_PER_FRAME = 1_024;

    final TrackConfigured videoConfig = video(1);
    final TrackConfigured audioConfig = audio(SAMPLE_RATE);

    boolean hasVideo = true;
    boolean hasAudio = true;
    int gopFrames = 50;
    double audioPpm;
    /** Where its clock stands when it begins. */
    long firstMs;
    /** Encoders hand audio over later than pictures of the same time. */
    long audioLagsMs = 30;

    private long pictures;
    private long sounds;
    private long skewMs;

    static TrackConfigured video(int variant) {
        return new TrackConfigured(new Track(Track.VIDEO, new AvcConfig(Bytes.of(1, 0x64, 0, 0x1f, variant))));
    }

    static TrackConfigured audio(int sampleRate) {
        return new TrackConfigured(new Track(
                Track.AUDIO, new AacConfig(Bytes.of(0x11, sampleRate / 1_000), sampleRate, SAMPLES_PER_FRAME, 2)));
    }

    static DataMessage metadata(boolean video, boolean audio) {
        AmfObject.Builder object = AmfObject.builder().put("encoder", "fake");
        if (video) {
            object.put("width", 1_280).put("height", 720).put("videocodecid", 7);
        }
        if (audio) {
            object.put("audiocodecid", 10).put("audiosamplerate", SAMPLE_RATE);
        }
        return new DataMessage(0, "onMetaData", Amf0Writer.write(new AmfValue.EcmaArray(object.build())));
    }

    /** Metadata and configurations. */
    void begin(Consumer<MediaEvent> out) {
        out.accept(metadata(hasVideo, hasAudio));
        if (hasVideo) {
            out.accept(videoConfig);
        }
        if (hasAudio) {
            out.accept(audioConfig);
        }
    }

    /** All frames that are due within {@code ms} milliseconds after {@link #begin}. */
    void runUntil(long ms, Consumer<MediaEvent> out) {
        while (true) {
            double pictureMs = hasVideo ? pictures * (double) FRAME_MS : Double.MAX_VALUE;
            double soundMs = hasAudio ? soundMs() + audioLagsMs : Double.MAX_VALUE;
            if (Math.min(pictureMs, soundMs) >= ms) {
                return;
            }
            out.accept(pictureMs <= soundMs ? picture() : sound());
        }
    }

    /** The next picture. */
    AccessUnit picture() {
        long index = pictures++;
        long dts90k = Timebase.fromMs(firstMs + skewMs + index * FRAME_MS);
        boolean key = index % gopFrames == 0;
        return new AccessUnit(Track.VIDEO, dts90k, FRAME_MS * 90, key, payload('v', index));
    }

    /** The next audio frame. */
    AccessUnit sound() {
        long index = sounds;
        long dts90k = Timebase.fromMs(firstMs + skewMs + Math.round(soundMs()));
        sounds++;
        return new AccessUnit(Track.AUDIO, dts90k, 0, true, payload('a', index));
    }

    /** Its clock leaps by {@code ms}. */
    void leap(long ms) {
        skewMs += ms;
    }

    /** Loses the next audio frames. */
    void loseSounds(int frames) {
        sounds += frames;
    }

    private double soundMs() {
        return sounds * SAMPLES_PER_FRAME * 1_000.0 / SAMPLE_RATE * (1 + audioPpm / 1e6);
    }

    private static Bytes payload(char kind, long index) {
        return new ByteWriter().u8(kind).u32(index).bytes();
    }
}

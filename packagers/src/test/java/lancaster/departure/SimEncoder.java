package lancaster.departure;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import lancaster.bytes.Bytes;
import lancaster.codec.aac.AudioSpecificConfig;
import lancaster.kit.Hex;
import lancaster.media.AccessUnit;
import lancaster.media.CodecConfig.AvcConfig;
import lancaster.media.MediaEvent;
import lancaster.media.Timebase;
import lancaster.media.Track;
import lancaster.media.TrackConfigured;

/**
 * What an encoder makes: video of 30 frames a second at 3 Mbit/s, whose key frames have 54 KB as those of 1080p do, and
 * AAC of 128 kbit/s. Contents are noise of which units share slices.
 */
final class SimEncoder {
    static final Track VIDEO = new Track(
            Track.VIDEO,
            new AvcConfig(Hex.bytes(
                    "01640028ff e1001b 67640028acd940780227e5c044000003000400000300f03c60c658 01 0004 68ef8fcb")));
    static final Track AUDIO = new Track(Track.AUDIO, AudioSpecificConfig.parse(Hex.bytes("1190")));

    private static final int KEY_FRAME_BYTES = 54_000;
    private static final int FRAME_BYTES = 11_800;
    private static final int AUDIO_BYTES = 341;
    private static final long FRAME_90K = 3_000;

    private final SplittableRandom random;
    private final boolean hasVideo;
    private final boolean hasAudio;
    private final int group;
    private final Bytes noise;
    private long frames;
    private long audioFrames;

    /** @param group from key frame to key frame, frames */
    SimEncoder(long seed, boolean hasVideo, boolean hasAudio, int group) {
        random = new SplittableRandom(seed);
        this.hasVideo = hasVideo;
        this.hasAudio = hasAudio;
        this.group = group;
        byte[] bytes = new byte[1 << 17];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) random.nextInt(1, 256);
        }
        noise = Bytes.wrap(bytes);
    }

    /** What comes before the first unit. */
    List<MediaEvent> tracks() {
        List<MediaEvent> events = new ArrayList<>();
        if (hasVideo) {
            events.add(new TrackConfigured(VIDEO));
        }
        if (hasAudio) {
            events.add(new TrackConfigured(AUDIO));
        }
        return events;
    }

    /** The next unit in the order of decoding times. */
    AccessUnit next() {
        long video90k = frames * FRAME_90K;
        long audio90k = Timebase.ofSamples(audioFrames * 1024, 48_000);
        if (hasVideo && (!hasAudio || video90k <= audio90k)) {
            boolean key = frames++ % group == 0;
            int bytes = key ? KEY_FRAME_BYTES : (int) (FRAME_BYTES * (0.6 + 0.8 * random.nextDouble()));
            return new AccessUnit(Track.VIDEO, video90k, 0, key, nal(key ? 0x65 : 0x41, bytes));
        }
        audioFrames++;
        int from = random.nextInt(noise.length() - AUDIO_BYTES);
        return new AccessUnit(Track.AUDIO, audio90k, 0, true, noise.slice(from, AUDIO_BYTES));
    }

    /** Length, header, noise: one array a unit, as it is when they come from the network. */
    private Bytes nal(int header, int bytes) {
        byte[] unit = new byte[4 + bytes];
        for (int i = 0; i < 4; i++) {
            unit[i] = (byte) (bytes >> (24 - 8 * i));
        }
        noise.copyTo(random.nextInt(noise.length() - bytes), unit, 4, bytes);
        unit[4] = (byte) header;
        return Bytes.wrap(unit);
    }
}

package lancaster.testcard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import lancaster.bytes.Bytes;
import lancaster.codec.aac.Adts;
import lancaster.codec.aac.AudioSpecificConfig;
import lancaster.media.CodecConfig.AacConfig;

/**
 * Eight seconds of sound that repeat without a seam: a beep of 100 ms at the beginning of each second. The frames lie in
 * a resource behind ADTS headers, which are taken off here.
 */
final class BeepLoop {
    static final int SAMPLE_RATE = 48_000;
    static final int SAMPLES_PER_FRAME = 1024;
    static final int PERIOD_MS = 8_000;
    static final int FRAMES = PERIOD_MS / 1000 * SAMPLE_RATE / SAMPLES_PER_FRAME;

    /** AAC-LC, 48 kHz, stereo. */
    private static final AacConfig CONFIG = AudioSpecificConfig.parse(Bytes.of(0x11, 0x90));

    private final List<Bytes> frames = new ArrayList<>();

    BeepLoop() {
        Bytes adts = resource();
        for (int at = 0; at < adts.length(); ) {
            Adts.Header header = Adts.parse(adts.slice(at));
            frames.add(adts.slice(at, header.frameLength()).slice(header.headerLength()));
            at += header.frameLength();
        }
        if (frames.size() != FRAMES) {
            throw new IllegalStateException("the loop has " + frames.size() + " frames, not " + FRAMES);
        }
    }

    private static Bytes resource() {
        try (InputStream in = Objects.requireNonNull(BeepLoop.class.getResourceAsStream("beep.aac"))) {
            return Bytes.wrap(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    AacConfig configuration() {
        return CONFIG;
    }

    /** Frame {@code index} of an endless sound whose frame 0 begins with a beep. */
    Bytes frame(long index) {
        return frames.get((int) Math.floorMod(index, (long) FRAMES));
    }
}

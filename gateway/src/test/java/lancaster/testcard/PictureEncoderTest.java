package lancaster.testcard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.codec.CodecString;
import lancaster.codec.avc.AvcDecoderConfiguration;
import lancaster.codec.avc.AvcSps;
import lancaster.media.CodecConfig.AvcConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureEncoderTest {
    private static final int WIDTH = 160;
    private static final int HEIGHT = 96;

    @TempDir
    Path folder;

    private final PictureEncoder encoder = new PictureEncoder(WIDTH, HEIGHT, 25);
    private final AvcConfig config = new AvcConfig(encoder.configuration());

    @Test
    void describesItsPictures() {
        AvcSps sps = AvcDecoderConfiguration.of(config).firstSps();
        assertEquals(WIDTH, sps.width());
        assertEquals(HEIGHT, sps.height());
        assertEquals(25.0, sps.frameRate().orElseThrow());
        assertEquals("avc1.42c01e", CodecString.of(config));
    }

    @Test
    void codesAStillPictureInAFewBytes() {
        Canvas canvas = new Canvas(WIDTH, HEIGHT);
        canvas.fill(0, 0, WIDTH, HEIGHT, Colour.rgb(0x336699));
        encoder.encode(canvas, true);
        assertTrue(encoder.encode(canvas, false).length() < 16);
    }

    /** A decoder that predicted from other samples than the encoder would drift away from it within a few pictures. */
    @Test
    void isDecodedToTheSamplesThatItPredictsFrom() throws IOException {
        SplittableRandom random = new SplittableRandom(7);
        Canvas canvas = new Canvas(WIDTH, HEIGHT);
        List<Bytes> pictures = new ArrayList<>();
        ByteWriter expected = new ByteWriter();
        for (int i = 0; i < 60; i++) {
            for (int patch = random.nextInt(6); patch > 0; patch--) {
                int x = random.nextInt(WIDTH / 2 - 4) * 2;
                int y = random.nextInt(HEIGHT / 2 - 4) * 2;
                int w = Math.min(WIDTH - x, random.nextInt(1, 20) * 2);
                int h = Math.min(HEIGHT - y, random.nextInt(1, 20) * 2);
                canvas.fill(x, y, w, h, Colour.rgb(random.nextInt(1 << 24)));
            }
            pictures.add(encoder.encode(canvas, i % 25 == 0));
            for (int plane = 0; plane < 3; plane++) {
                for (byte sample : encoder.reference().getPlaneData(plane)) {
                    expected.u8(sample + 128);
                }
            }
        }
        Bytes decoded = ElementaryStreams.decodeVideo(folder.resolve("patches.h264"), config, pictures);
        assertEquals(expected.bytes(), decoded);
    }
}

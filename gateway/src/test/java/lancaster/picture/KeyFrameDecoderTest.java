package lancaster.picture;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import lancaster.bytes.Bytes;
import lancaster.flv.FlvDemuxer;
import lancaster.flv.FlvFileReader;
import lancaster.kit.GoldenFile;
import lancaster.media.AccessUnit;
import lancaster.media.CodecConfig.AvcConfig;
import lancaster.media.MediaEvent;
import lancaster.media.Track;
import lancaster.media.TrackConfigured;
import lancaster.testcard.RecordedCard;
import org.jcodec.common.model.Picture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFrameDecoderTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void decodesWhatAnEncoderSent() throws UndecodableException {
        Picture picture = KeyFrameDecoder.decode(recorded());
        assertTrue(picture.getWidth() > 0 && picture.getHeight() > 0);
    }

    /** With arithmetic codes as of x264, with variable-length codes as of the test card. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aBrokenPictureCostsNoMoreThanItsTime(boolean card) throws IOException {
        KeyFrame whole = card ? testCard() : recorded();
        SplittableRandom random = new SplittableRandom(1);
        assertTimeoutPreemptively(PATIENCE, () -> {
            for (int i = 0; i < 60; i++) {
                byte[] bytes = whole.nalUnits().toArray();
                int flips = 1 + random.nextInt(8);
                for (int flip = 0; flip < flips; flip++) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                }
                decode(new KeyFrame(whole.config(), Bytes.wrap(bytes)));
            }
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCutPictureCostsNoMoreThanItsTime(boolean card) throws IOException {
        KeyFrame whole = card ? testCard() : recorded();
        assertTimeoutPreemptively(PATIENCE, () -> {
            for (int length = 5;
                    length < whole.nalUnits().length();
                    length += 1 + whole.nalUnits().length() / 60) {
                Bytes cut = whole.nalUnits().slice(0, length);
                decode(new KeyFrame(whole.config(), cut));
            }
        });
    }

    @Test
    void brokenParameterSetsAreRefused() {
        KeyFrame whole = recorded();
        AvcConfig broken = new AvcConfig(whole.config().record().slice(0, 12));
        UndecodableException thrown = assertThrows(
                UndecodableException.class, () -> KeyFrameDecoder.decode(new KeyFrame(broken, whole.nalUnits())));
        assertTrue(thrown.reason().startsWith("its parameter sets can't be read"), thrown.reason());
    }

    /** Whether it can or not. */
    private static void decode(KeyFrame frame) {
        try {
            KeyFrameDecoder.decode(frame);
        } catch (UndecodableException e) {
            assertFalse(e.reason().isEmpty());
        }
    }

    private static KeyFrame recorded() {
        return keyFrame(GoldenFile.media("avc-aac.flv").buffer());
    }

    private KeyFrame testCard() throws IOException {
        return keyFrame(ByteBuffer.wrap(Files.readAllBytes(RecordedCard.write(folder.resolve("card.flv"), 1))));
    }

    private static KeyFrame keyFrame(ByteBuffer flv) {
        List<MediaEvent> events = new ArrayList<>();
        FlvDemuxer demuxer = new FlvDemuxer(events::add);
        new FlvFileReader(demuxer::demux).read(flv);
        AvcConfig config = null;
        for (MediaEvent event : events) {
            if (event instanceof TrackConfigured configured
                    && configured.track().config() instanceof AvcConfig avc) {
                config = avc;
            } else if (event instanceof AccessUnit unit && unit.trackId() == Track.VIDEO && config != null) {
                return new KeyFrame(config, unit.payload());
            }
        }
        throw new AssertionError("no picture");
    }
}

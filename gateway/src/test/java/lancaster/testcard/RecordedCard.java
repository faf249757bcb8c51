package lancaster.testcard;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import lancaster.flv.FlvFileWriter;
import lancaster.flv.FlvMuxer;
import lancaster.media.AccessUnit;
import lancaster.media.MediaEvent;
import lancaster.media.Timebase;

/** The test card as an FLV file. */
public final class RecordedCard {
    private RecordedCard() {}

    public static Path write(Path file, int seconds) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            FlvFileWriter writer =
                    new FlvFileWriter((array, offset, length) -> write(out, array, offset, length), true, true);
            FlvMuxer muxer = new FlvMuxer(writer::write);
            TestCard card = new TestCard(
                    "live/file", InstantSource.fixed(Instant.parse("2026-11-20T12:00:00Z")), ZoneOffset.UTC);
            MediaEvent event = card.next().orElseThrow();
            while (!(event instanceof AccessUnit unit && unit.dts90k() >= seconds * Timebase.HZ)) {
                muxer.mux(event);
                event = card.next().orElseThrow();
            }
        }
        return file;
    }

    private static void write(OutputStream out, byte[] array, int offset, int length) {
        try {
            out.write(array, offset, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package lancaster.probe.net;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import lancaster.probe.ByteProbe;
import lancaster.probe.ProbeReport;
import lancaster.probe.net.ProbeException.Reason;

/** An FLV or TS file, read whole. */
final class FileSource {
    private static final int PIECE_BYTES = 1 << 16;
    private static final double NS_PER_SECOND = 1e9;

    private FileSource() {}

    static ProbeReport probe(String name) throws IOException {
        Path file = Path.of(name);
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new ProbeException(Reason.NO_INPUT, file + " is no file that can be read");
        }
        ByteProbe probe = ByteProbe.file(name);
        long beginNs = System.nanoTime();
        byte[] piece = new byte[PIECE_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            int count = in.readNBytes(piece, 0, piece.length);
            while (count > 0) {
                probe.accept(piece, count, 0);
                count = in.readNBytes(piece, 0, piece.length);
            }
        }
        if (!probe.isUnderstood()) {
            throw new ProbeException(Reason.DATA, file + " is neither FLV nor MPEG-TS");
        }
        return probe.report((System.nanoTime() - beginNs) / NS_PER_SECOND, 0);
    }
}

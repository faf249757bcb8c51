package lancaster.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads a transport stream for its packets alone and lists what breaks their order (ISO/IEC 13818-1 §2.4.3). */
final class TsContinuity {
    private static final int PACKET_BYTES = 188;
    private static final int SYNC = 0x47;
    private static final int NULL_PID = 0x1fff;

    private final Map<Integer, Integer> counters = new HashMap<>();
    private final List<String> faults = new ArrayList<>();
    private long packets;
    private int announcedSteps;

    /** A file of nothing but packets. */
    static TsContinuity of(Path file) {
        try {
            TsContinuity continuity = new TsContinuity();
            byte[] bytes = Files.readAllBytes(file);
            int offset = 0;
            for (; offset + PACKET_BYTES <= bytes.length; offset += PACKET_BYTES) {
                continuity.read(bytes, offset);
            }
            if (offset != bytes.length) {
                continuity.faults.add("ends with " + (bytes.length - offset) + " bytes of a packet");
            }
            return continuity;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(byte[] bytes, int offset) {
        packets++;
        if ((bytes[offset] & 0xff) != SYNC) {
            faults.add("packet " + packets + " begins with " + (bytes[offset] & 0xff));
            return;
        }
        int pid = (bytes[offset + 1] & 0x1f) << 8 | (bytes[offset + 2] & 0xff);
        boolean payload = (bytes[offset + 3] & 0x10) != 0;
        boolean field = (bytes[offset + 3] & 0x20) != 0 && bytes[offset + 4] != 0;
        boolean discontinuity = field && (bytes[offset + 5] & 0x80) != 0;
        announcedSteps += discontinuity ? 1 : 0;
        int counter = bytes[offset + 3] & 0x0f;
        Integer before = pid == NULL_PID ? null : counters.put(pid, counter);
        if (before != null && !discontinuity && counter != (payload ? (before + 1) & 0x0f : before)) {
            faults.add("packet " + packets + " of PID " + pid + " goes from " + before + " to " + counter);
        }
    }

    /** How often a packet says that clock or counter begin anew (§2.4.3.5). */
    int announcedSteps() {
        return announcedSteps;
    }

    List<String> faults() {
        return faults;
    }
}

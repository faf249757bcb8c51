package lancaster.bench;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lancaster.bench.load.Identity;

/** What a receiver sees of a transport stream in time: clock references, and when each picture began to arrive. */
final class TsWatch {
    private static final int PACKET_BYTES = 188;
    private static final int RTP_HEADER_BYTES = 12;
    private static final int VIDEO_STREAM_ID = 0xE0;

    private final List<Long> clocks27m = new ArrayList<>();
    private final List<Long> clockArrivals = new ArrayList<>();
    private final Map<Long, Long> pictures = new HashMap<>();
    private final ByteArrayOutputStream open = new ByteArrayOutputStream();
    private int clockPid = -1;
    private int videoPid = -1;
    private long openNs;

    /** The transport stream of a datagram, without the RTP header that may stand before it. */
    static byte[] packets(byte[] datagram) {
        boolean bare = datagram.length % PACKET_BYTES == 0;
        return bare ? datagram : Arrays.copyOfRange(datagram, RTP_HEADER_BYTES, datagram.length);
    }

    /** Since the clock stepped last. */
    List<Long> clocks27m() {
        return clocks27m;
    }

    /** When {@link #clocks27m} arrived. */
    List<Long> clockArrivals() {
        return clockArrivals;
    }

    /** When the first packet of each picture arrived, by {@link Identity}. */
    Map<Long, Long> pictures() {
        return pictures;
    }

    void onPackets(byte[] in, long timeNs) {
        for (int at = 0; at + PACKET_BYTES <= in.length; at += PACKET_BYTES) {
            onPacket(in, at, timeNs);
        }
    }

    private void onPacket(byte[] in, int at, long timeNs) {
        int pid = u16(in, at + 1) & 0x1fff;
        int control = (in[at + 3] >> 4) & 3;
        boolean hasField = (control & 2) != 0;
        int payload = at + 4 + (hasField ? 1 + (in[at + 4] & 0xff) : 0);
        if (hasField && in[at + 4] != 0 && (in[at + 5] & 0x10) != 0 && (clockPid < 0 || clockPid == pid)) {
            clockPid = pid;
            onClock(in, at, timeNs);
        }
        if ((control & 1) == 0 || payload >= at + PACKET_BYTES) {
            return;
        }
        if ((in[at + 1] & 0x40) != 0) {
            if (pid == videoPid) {
                finish();
            }
            boolean isVideo = u16(in, payload) == 0 && u16(in, payload + 2) == (0x100 | VIDEO_STREAM_ID);
            if (isVideo) {
                videoPid = pid;
                openNs = timeNs;
                payload += 9 + (in[payload + 8] & 0xff);
            }
        }
        if (pid == videoPid) {
            open.write(in, payload, at + PACKET_BYTES - payload);
        }
    }

    private void onClock(byte[] in, int at, long timeNs) {
        long base = (long) u16(in, at + 6) << 17 | (long) u16(in, at + 8) << 1 | (in[at + 10] >> 7 & 1);
        if ((in[at + 5] & 0x80) != 0) {
            clocks27m.clear();
            clockArrivals.clear();
        }
        clocks27m.add(base * 300 + (u16(in, at + 10) & 0x1ff));
        clockArrivals.add(timeNs);
    }

    /** A picture is known by its first slice, which is complete when the next picture begins. */
    private void finish() {
        if (open.size() > 0) {
            pictures.putIfAbsent(Identity.ofAnnexB(open.toByteArray()), openNs);
            open.reset();
        }
    }

    private static int u16(byte[] in, int at) {
        return (in[at] & 0xff) << 8 | (in[at + 1] & 0xff);
    }
}

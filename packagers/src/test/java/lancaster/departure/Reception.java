package lancaster.departure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * A receiver that measures: written from ISO/IEC 13818-1 and sharing nothing with what sends. It asserts what holds for
 * each packet; the figures are for tests to judge.
 */
final class Reception {
    static final int VIDEO_PID = 0x100;
    static final int AUDIO_PID = 0x110;

    private static final int SIZE = 188;
    private static final long MS = 1_000_000;
    private static final long TIME_MASK = (1L << 33) - 1;

    /** The sum of what came within some time, and the most it ever was. */
    private static final class Window {
        private final long widthNs;
        private final Deque<long[]> datagrams = new ArrayDeque<>();
        private long bytes;
        private long most;

        Window(long widthNs) {
            this.widthNs = widthNs;
        }

        void add(long timeNs, int length) {
            datagrams.add(new long[] {timeNs, length});
            bytes += length;
            while (timeNs - datagrams.peek()[0] >= widthNs) {
                bytes -= datagrams.poll()[1];
            }
            most = Math.max(most, bytes);
        }
    }

    /** One PES packet that is not yet complete. */
    private static final class Open {
        long dts90k;
        int announced;
        /** Its times are those of the clock before so many steps. */
        long clockSteps;
    }

    private final Map<Integer, Integer> counters = new HashMap<>();
    private final Map<Integer, Open> open = new HashMap<>();
    private final Map<Integer, Integer> units = new TreeMap<>();
    /** When units arrived at the sender, by PID and DTS. */
    private final Map<Long, Long> arrivals = new HashMap<>();

    private final Window oneMs = new Window(MS);
    private final Window tenMs = new Window(10 * MS);
    private final java.util.List<Long> delaysNs = new java.util.ArrayList<>();

    private long nowNs;
    private long lastDatagramNs = Long.MIN_VALUE / 2;
    private int run;
    private int longestRun;
    private long datagrams;
    private long bytes;
    private long packets;
    private long nulls;
    private long tablesNs = Long.MIN_VALUE;
    private long longestWithoutTablesNs;
    private long tablesPacket;
    private long pcr27m = -1;
    private long pcrNs;
    private long longestWithoutClock27m;
    private long clockSteps;
    private double worstPpm;
    private long worstJitterNs;
    private long leastLead90k = Long.MAX_VALUE;
    private int programVersion = -1;

    /** The frequency of the clock is watched over ten seconds at least. */
    private long anchor27m;

    private long anchorNs = Long.MIN_VALUE;

    /** A unit with this DTS on the wire arrived at the sender. */
    void sent(int pid, long dts90k, long arrivalNs) {
        arrivals.put(key(pid, dts90k), arrivalNs);
    }

    void onDatagram(long timeNs, byte[] array, int offset, int length) {
        assertEquals(0, length % SIZE, "whole packets");
        assertTrue(length <= 7 * SIZE && length > 0, "a datagram of " + length + " bytes");
        assertTrue(timeNs >= lastDatagramNs, "time runs forward");
        nowNs = timeNs;
        run = timeNs - lastDatagramNs < 50_000 ? run + 1 : 1;
        longestRun = Math.max(longestRun, run);
        lastDatagramNs = timeNs;
        oneMs.add(timeNs, length);
        tenMs.add(timeNs, length);
        datagrams++;
        bytes += length;
        for (int at = offset; at < offset + length; at += SIZE) {
            onPacket(array, at);
        }
    }

    private void onPacket(byte[] in, int at) {
        packets++;
        assertEquals(0x47, in[at] & 0xFF, "sync_byte");
        int pid = u16(in, at + 1) & 0x1FFF;
        if (pid == 0x1FFF) {
            nulls++;
            return;
        }
        boolean start = (in[at + 1] & 0x40) != 0;
        boolean hasField = (in[at + 3] & 0x20) != 0;
        boolean hasPayload = (in[at + 3] & 0x10) != 0;
        int payload = at + 4 + (hasField ? 1 + (in[at + 4] & 0xFF) : 0);
        int flags = hasField && in[at + 4] != 0 ? in[at + 5] & 0xFF : 0;
        int counter = in[at + 3] & 15;
        Integer before = counters.put(pid, counter);
        if (before != null) {
            assertEquals(hasPayload ? (before + 1) & 15 : before, counter, "continuity_counter of PID " + pid);
        }
        if ((flags & 0x10) != 0) {
            long base = (long) u16(in, at + 6) << 17 | (long) u16(in, at + 8) << 1 | (in[at + 10] >> 7 & 1);
            int extension = u16(in, at + 10) & 0x1FF;
            assertTrue(extension < 300, "extension of a clock reference: " + extension);
            onClock(base * 300 + extension, (flags & 0x80) != 0);
        }
        if (pid == 0) {
            onTables();
        } else if (pid == 0x1000) {
            programVersion = in[payload + 6] >> 1 & 31;
        } else if (hasPayload) {
            onPayload(pid, start, (flags & 0x40) != 0, in, payload, at + SIZE);
        }
    }

    private void onTables() {
        if (tablesNs != Long.MIN_VALUE) {
            longestWithoutTablesNs = Math.max(longestWithoutTablesNs, nowNs - tablesNs);
        }
        tablesNs = nowNs;
        tablesPacket = packets;
    }

    private void onClock(long now27m, boolean discontinuity) {
        if (pcr27m >= 0 && !discontinuity) {
            long cycle = (1L << 33) * 300;
            long step27m = Math.floorMod(now27m - pcr27m, cycle);
            assertTrue(step27m < cycle / 2, "the clock runs forward");
            longestWithoutClock27m = Math.max(longestWithoutClock27m, step27m);
            long jitterNs = step27m * 1000 / 27 - (nowNs - pcrNs);
            worstJitterNs = Math.max(worstJitterNs, Math.abs(jitterNs));
            if (nowNs - anchorNs >= 10_000 * MS) {
                double ppm = (Math.floorMod(now27m - anchor27m, cycle) / 27e-3 / (nowNs - anchorNs) - 1) * 1e6;
                worstPpm = Math.max(worstPpm, Math.abs(ppm));
                anchorNs = nowNs;
                anchor27m = now27m;
            }
        } else {
            clockSteps += pcr27m >= 0 ? 1 : 0;
            anchorNs = nowNs;
            anchor27m = now27m;
        }
        pcr27m = now27m;
        pcrNs = nowNs;
    }

    private void onPayload(int pid, boolean start, boolean randomAccess, byte[] in, int from, int end) {
        if (start) {
            assertTrue(pcr27m >= 0, "a clock reference before the first unit");
            if (open.containsKey(pid)) {
                assertEquals(0, open.get(pid).announced, "a PES packet is complete before the next begins");
            }
            boolean isFirst = !open.containsKey(pid);
            Open unit = new Open();
            unit.dts90k = timestamp(in, from + ((in[from + 7] & 0x40) != 0 ? 14 : 9));
            unit.clockSteps = clockSteps;
            unit.announced = u16(in, from + 4);
            unit.announced += unit.announced == 0 ? 0 : 6;
            if (pid == VIDEO_PID && randomAccess) {
                assertTrue(packets - tablesPacket <= 8, "tables right before a random access point");
            }
            assertTrue(!isFirst || randomAccess, "a stream begins at a random access point");
            open.put(pid, unit);
            units.merge(pid, 1, Integer::sum);
            Long arrivalNs = arrivals.remove(key(pid, unit.dts90k));
            assertTrue(arrivalNs != null, "an access unit that nobody sent, DTS " + unit.dts90k);
            if (pid == VIDEO_PID || !counters.containsKey(VIDEO_PID)) {
                delaysNs.add(nowNs - arrivalNs);
            }
        }
        Open unit = open.get(pid);
        assertTrue(unit != null, "a unit begins with its start");
        if (unit.announced > 0) {
            unit.announced -= end - from;
            assertTrue(unit.announced >= 0, "no more than PES_packet_length says");
        }
        long now90k = Math.floorDiv(pcr27m + (nowNs - pcrNs) * 27 / 1000, 300L);
        long lead90k = ((unit.dts90k - now90k) & TIME_MASK) << 31 >> 31;
        if (unit.clockSteps == clockSteps) {
            leastLead90k = Math.min(leastLead90k, lead90k);
        }
    }

    private static long timestamp(byte[] in, int at) {
        return (in[at] >> 1 & 7L) << 30 | (long) (u16(in, at + 1) >> 1) << 15 | u16(in, at + 3) >> 1;
    }

    private static int u16(byte[] in, int at) {
        return (in[at] & 0xFF) << 8 | (in[at + 1] & 0xFF);
    }

    private static long key(int pid, long dts90k) {
        return (long) pid << 33 | (dts90k & TIME_MASK);
    }

    /** Datagrams less than 50 µs apart. */
    int longestRun() {
        return longestRun;
    }

    long mostBytesWithinOneMs() {
        return oneMs.most;
    }

    long mostBytesWithinTenMs() {
        return tenMs.most;
    }

    double longestWithoutClockMs() {
        return longestWithoutClock27m / 27e3;
    }

    double longestWithoutTablesMs() {
        return longestWithoutTablesNs / 1e6;
    }

    /** From one clock reference to the next: how far the difference of their values is from that of their times. */
    double worstClockJitterMs() {
        return worstJitterNs / 1e6;
    }

    /** Over ten seconds, against the time that the receiver measures by. */
    double worstClockPpm() {
        return worstPpm;
    }

    /** Announced by discontinuity_indicator. */
    long clockSteps() {
        return clockSteps;
    }

    /** The least time that the clock had until a byte's decoding time. */
    double leastLeadMs() {
        return leastLead90k / 90.0;
    }

    int units(int pid) {
        return units.getOrDefault(pid, 0);
    }

    long datagrams() {
        return datagrams;
    }

    long packets() {
        return packets;
    }

    long nulls() {
        return nulls;
    }

    long bytes() {
        return bytes;
    }

    int programVersion() {
        return programVersion;
    }

    /** From the arrival of a unit to its first packet, of the video where there is any. */
    double delayMs(double share) {
        long[] sorted = delaysNs.stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted[(int) Math.min(sorted.length - 1L, (long) (sorted.length * share))] / 1e6;
    }

    @Override
    public String toString() {
        return String.format(
                "%d datagrams, %d bytes, run %d, %d B/ms, %d B/10 ms, clock every %.1f ms, jitter %.3f ms, %.1f ppm,"
                        + " %d steps, tables every %.1f ms, lead %.1f ms, delay %.1f/%.1f/%.1f ms, nulls %d, units %s",
                datagrams,
                bytes,
                longestRun,
                oneMs.most,
                tenMs.most,
                longestWithoutClockMs(),
                worstClockJitterMs(),
                worstPpm,
                clockSteps,
                longestWithoutTablesMs(),
                leastLeadMs(),
                delayMs(0.5),
                delayMs(0.95),
                delayMs(1),
                nulls,
                units);
    }
}

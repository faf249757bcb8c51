package lancaster.mpegts.demux;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;

/** Writes transport streams as tests want them, right or wrong; shares nothing with the muxer. */
public final class TsBuilder {
    public static final int PMT_PID = 0x1000;
    public static final int VIDEO_PID = 0x100;
    public static final int AUDIO_PID = 0x101;

    private static final int SIZE = 188;
    private static final int NO_TIME = -1;

    private final ByteWriter out = new ByteWriter();
    private final Map<Integer, Integer> counters = new TreeMap<>();

    public Bytes bytes() {
        return out.bytes();
    }

    /** What was written since the last time. */
    public Bytes take() {
        Bytes taken = out.bytes();
        out.reset();
        return taken;
    }

    /** PAT and PMT of program 1 with an H.264 and an AAC stream. */
    public TsBuilder tables() {
        return pat(1, PMT_PID)
                .pmt(0, new ByteWriter().bytes(stream(0x1B, VIDEO_PID)).bytes(stream(0x0F, AUDIO_PID)));
    }

    public TsBuilder pat(int program, int pid) {
        return section(0, section(0, 1, 0, new ByteWriter().u16(program).u16(0xE000 | pid)));
    }

    /** The PMT of program 1 with these entries, which {@link #stream} makes. */
    public TsBuilder pmt(int version, ByteWriter streams) {
        return section(PMT_PID, pmtSection(version, streams));
    }

    public static Bytes pmtSection(int version, ByteWriter streams) {
        return section(
                2,
                1,
                version,
                new ByteWriter().u16(0xE000 | VIDEO_PID).u16(0xF000).bytes(streams.bytes()));
    }

    public static Bytes stream(int type, int pid, int... descriptors) {
        return new ByteWriter()
                .u8(type)
                .u16(0xE000 | pid)
                .u16(0xF000 | descriptors.length)
                .bytes(Bytes.of(descriptors))
                .bytes();
    }

    public static Bytes section(int tableId, int extension, int version, ByteWriter body) {
        ByteWriter section = new ByteWriter()
                .u8(tableId)
                .u16(0xB000 | body.length() + 9)
                .u16(extension)
                .u8(0xC1 | version << 1)
                .u16(0)
                .bytes(body.bytes());
        byte[] array = section.bytes().toArray();
        return section.u32(Crc32Mpeg.of(array, 0, array.length)).bytes();
    }

    /** A section in as many packets as it needs. */
    public TsBuilder section(int pid, Bytes section) {
        return payload(pid, Bytes.concat(Bytes.of(0), section), true, true);
    }

    /** A PES packet with a presentation time alone. */
    public TsBuilder pes(int pid, long pts, Bytes payload) {
        return pes(pid, pts, NO_TIME, payload, false);
    }

    public TsBuilder pes(int pid, long pts, long dts, Bytes payload) {
        return pes(pid, pts, dts, payload, false);
    }

    /** A PES packet without times. */
    public TsBuilder pes(int pid, Bytes payload) {
        return pes(pid, NO_TIME, NO_TIME, payload, false);
    }

    public TsBuilder pes(int pid, long pts, long dts, Bytes payload, boolean randomAccess) {
        return packets(pid, pesBytes(pid, pts, dts, payload), randomAccess);
    }

    /** Video without a length, as it may be, sound with one. */
    static Bytes pesBytes(int pid, long pts, long dts, Bytes payload) {
        boolean video = pid == VIDEO_PID;
        ByteWriter times = new ByteWriter();
        if (pts != NO_TIME) {
            time(times, dts == NO_TIME ? 2 : 3, pts);
        }
        if (dts != NO_TIME) {
            time(times, 1, dts);
        }
        int flags = (pts == NO_TIME ? 0 : 0x80) | (dts == NO_TIME ? 0 : 0x40);
        return new ByteWriter()
                .u24(1)
                .u8(video ? 0xE0 : 0xC0)
                .u16(video ? 0 : 3 + times.length() + payload.length())
                .u8(0x80)
                .u8(flags)
                .u8(times.length())
                .bytes(times.bytes())
                .bytes(payload)
                .bytes();
    }

    private static void time(ByteWriter to, int prefix, long value) {
        to.u8((int) ((prefix << 4) | ((value >> 29) & 0x0E) | 1))
                .u16((int) (((value >> 14) & 0xFFFE) | 1))
                .u16((int) (((value << 1) & 0xFFFE) | 1));
    }

    /** Any payload that begins in a packet of its own. */
    public TsBuilder packets(int pid, Bytes payload, boolean randomAccess) {
        int first = Math.min(payload.length(), randomAccess ? 182 : 184);
        packet(pid, true, payload.slice(0, first), false, randomAccess);
        for (int at = first; at < payload.length(); at += 184) {
            packet(pid, false, payload.slice(at, Math.min(184, payload.length() - at)), false, false);
        }
        return this;
    }

    private TsBuilder payload(int pid, Bytes payload, boolean start, boolean padded) {
        for (int at = 0; at < payload.length(); at += 184) {
            Bytes part = payload.slice(at, Math.min(184, payload.length() - at));
            byte[] full = new byte[184];
            Arrays.fill(full, (byte) 0xFF);
            part.copyTo(0, full, 0, part.length());
            packet(pid, start && at == 0, padded ? Bytes.wrap(full) : part, false, false);
        }
        return this;
    }

    /** One packet, stuffed in its adaptation field. */
    public TsBuilder packet(int pid, boolean start, Bytes payload, boolean discontinuity, boolean randomAccess) {
        int counter = counters.merge(pid, 1, Integer::sum) - 1;
        out.bytes(packet(pid, start, counter, payload, discontinuity, randomAccess));
        return this;
    }

    static Bytes packet(
            int pid, boolean start, int counter, Bytes payload, boolean discontinuity, boolean randomAccess) {
        int field = 184 - payload.length();
        ByteWriter packet = new ByteWriter()
                .u8(0x47)
                .u16(pid | (start ? 0x4000 : 0))
                .u8((field > 0 ? 0x20 : 0) | (payload.isEmpty() ? 0 : 0x10) | (counter & 15));
        if (field > 0) {
            packet.u8(field - 1);
        }
        if (field > 1) {
            packet.u8((discontinuity ? 0x80 : 0) | (randomAccess ? 0x40 : 0));
        }
        while (packet.length() < SIZE - payload.length()) {
            packet.u8(0xFF);
        }
        return packet.bytes(payload).bytes();
    }

    /** Whatever bytes. */
    public TsBuilder raw(Bytes bytes) {
        out.bytes(bytes);
        return this;
    }

    /** So many packets of a PID get lost. */
    public TsBuilder lose(int pid, int packets) {
        counters.merge(pid, packets, Integer::sum);
        return this;
    }
}

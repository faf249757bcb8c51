package lancaster.hlscheck;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lancaster.bytes.Bytes;

/** A transport stream segment: packets, tables and PES packets (ISO/IEC 13818-1 §2.4), with rows 179 and 180 checked. */
final class TsFile {
    private static final int PACKET = 188;
    private static final int PAT_PID = 0;
    private static final int NULL_PID = 0x1FFF;

    /** A PES packet; {@code randomAccess} of the packet it begins in, {@code pcr} whether that packet has one. */
    record Pes(long pts, long dts, boolean randomAccess, Bytes payload, boolean whole) {}

    /** First and last continuity counter of a PID. */
    record Counters(int first, int last) {}

    /** PES packets that are being put together. */
    private static final class Assembly {
        final List<Pes> done = new ArrayList<>();
        final List<Bytes> parts = new ArrayList<>();
        boolean open;
        boolean randomAccess;
    }

    final Map<Integer, Counters> counters = new TreeMap<>();
    /** Stream types by PID, in the order of the PMT. */
    final Map<Integer, Integer> streamTypes = new LinkedHashMap<>();

    private final Map<Integer, Assembly> assemblies = new TreeMap<>();
    private final String name;
    private final Findings findings;
    private int pmtPid = -1;
    private int pcrPid = -1;
    private boolean pcrBeforeVideo;
    private boolean videoSeen;

    private TsFile(String name, Findings findings) {
        this.name = name;
        this.findings = findings;
    }

    static TsFile parse(String name, Bytes body, Findings findings) {
        TsFile file = new TsFile(name, findings);
        file.parse(body);
        return file;
    }

    List<Pes> pes(int pid) {
        Assembly assembly = assemblies.get(pid);
        return assembly == null ? List.of() : assembly.done;
    }

    boolean pcrBeforeVideo() {
        return pcrBeforeVideo;
    }

    private void parse(Bytes body) {
        findings.check(
                body.length() % PACKET == 0 && !body.isEmpty(), Rule.TABLES_FIRST, name, body.length() + " bytes");
        for (int i = 0; i + PACKET <= body.length(); i += PACKET) {
            packet(i / PACKET, body.slice(i, PACKET));
        }
        assemblies.forEach((pid, assembly) -> close(pid, assembly));
        findings.check(!streamTypes.isEmpty(), Rule.TABLES_FIRST, name, "no PMT");
    }

    private void packet(int index, Bytes packet) {
        if (packet.u8(0) != 0x47) {
            findings.add(Rule.TABLES_FIRST, name, "packet " + index + " lacks its sync byte");
            return;
        }
        int pid = packet.u16(1) & 0x1FFF;
        boolean start = (packet.u8(1) & 0x40) != 0;
        int control = packet.u8(3) >> 4 & 3;
        int at = 4;
        boolean randomAccess = false;
        boolean pcr = false;
        if ((control & 2) != 0) {
            int length = packet.u8(4);
            randomAccess = length > 0 && (packet.u8(5) & 0x40) != 0;
            pcr = length > 0 && (packet.u8(5) & 0x10) != 0;
            at += 1 + length;
        }
        checkTablesFirst(index, pid);
        if (pid == NULL_PID) {
            return;
        }
        boolean hasPayload = (control & 1) != 0;
        count(pid, packet.u8(3) & 15, hasPayload);
        boolean video = streamTypes.getOrDefault(pid, 0) == StreamType.H264;
        pcrBeforeVideo |= pcr && pid == pcrPid && (!videoSeen || video);
        videoSeen |= video;
        if (hasPayload && at < PACKET) {
            payload(pid, start, randomAccess, packet.slice(at));
        }
    }

    private void checkTablesFirst(int index, int pid) {
        if (index == 0) {
            findings.check(pid == PAT_PID, Rule.TABLES_FIRST, name, "the first packet is of PID " + pid);
        } else if (index == 1) {
            findings.check(pid == pmtPid, Rule.TABLES_FIRST, name, "the second packet is of PID " + pid);
        }
    }

    /** Row 57 inside the segment: each packet with payload counts one up. */
    private void count(int pid, int counter, boolean hasPayload) {
        Counters known = counters.get(pid);
        int expected = known == null ? counter : known.last() + (hasPayload ? 1 : 0) & 15;
        findings.check(counter == expected, Rule.COUNTERS_RUN_ON, name, "PID " + pid + " counts " + counter);
        counters.put(pid, new Counters(known == null ? counter : known.first(), counter));
    }

    private void payload(int pid, boolean start, boolean randomAccess, Bytes payload) {
        if (pid == PAT_PID && start) {
            pat(section(payload));
        } else if (pid == pmtPid && start) {
            pmt(section(payload));
        } else if (streamTypes.containsKey(pid)) {
            Assembly assembly = assemblies.computeIfAbsent(pid, key -> new Assembly());
            if (start) {
                close(pid, assembly);
                assembly.open = true;
                assembly.randomAccess = randomAccess;
            }
            findings.check(assembly.open, Rule.DECODES_ALONE, name, "PID " + pid + " begins inside a PES packet");
            assembly.parts.add(payload);
        }
    }

    private Bytes section(Bytes payload) {
        Bytes rest = payload.slice(1 + payload.u8(0));
        Bytes section = rest.slice(0, 3 + (rest.u16(1) & 0xFFF));
        findings.check(crc(section) == 0, Rule.TABLES_FIRST, name, "a table with a wrong CRC");
        return section;
    }

    /** CRC_32 (annex A): over a section with its own CRC it is 0. */
    static int crc(Bytes section) {
        int crc = -1;
        for (int i = 0; i < section.length() * 8; i++) {
            int bit = section.u8(i / 8) >> (7 - i % 8) & 1;
            crc = crc << 1 ^ ((crc >>> 31 ^ bit) == 1 ? 0x04C1_1DB7 : 0);
        }
        return crc;
    }

    /** Row 179: one program besides the network information. */
    private void pat(Bytes section) {
        int programs = 0;
        for (int at = 8; at + 4 <= section.length() - 4; at += 4) {
            if (section.u16(at) != 0) {
                programs++;
                pmtPid = section.u16(at + 2) & 0x1FFF;
            }
        }
        findings.check(programs == 1, Rule.ONE_PROGRAM, name, programs + " programs");
    }

    private void pmt(Bytes section) {
        pcrPid = section.u16(8) & 0x1FFF;
        Map<Integer, Integer> types = new LinkedHashMap<>();
        int at = 12 + (section.u16(10) & 0xFFF);
        while (at + 5 <= section.length() - 4) {
            types.put(section.u16(at + 1) & 0x1FFF, section.u8(at));
            at += 5 + (section.u16(at + 3) & 0xFFF);
        }
        boolean same = streamTypes.isEmpty() || streamTypes.equals(types);
        findings.check(same, Rule.DISCONTINUITY_TOLD, name, "tracks change inside the segment");
        streamTypes.putAll(types);
    }

    private void close(int pid, Assembly assembly) {
        if (assembly.open && !assembly.parts.isEmpty()) {
            Bytes all = Bytes.concat(assembly.parts.toArray(Bytes[]::new));
            int length = all.u16(4);
            boolean whole = length == 0 || all.length() >= length + 6;
            findings.check(whole, Rule.DECODES_ALONE, name, "PID " + pid + " ends inside a PES packet");
            boolean hasDts = (all.u8(7) & 0x40) != 0;
            long pts = timestamp(all, 9);
            Bytes data = all.slice(9 + all.u8(8));
            assembly.done.add(new Pes(pts, hasDts ? timestamp(all, 14) : pts, assembly.randomAccess, data, whole));
        }
        assembly.parts.clear();
        assembly.open = false;
    }

    /** 33 bits with marker bits between (§2.4.3.7). */
    private static long timestamp(Bytes pes, int at) {
        return (long) (pes.u8(at) >> 1 & 7) << 30 | (long) (pes.u16(at + 1) >> 1) << 15 | pes.u16(at + 3) >> 1;
    }

    /** Stream types (Table 2-34). */
    static final class StreamType {
        static final int AAC_ADTS = 0x0F;
        static final int H264 = 0x1B;

        private StreamType() {}
    }
}

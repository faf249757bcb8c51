package lancaster.mpegts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lancaster.bytes.Bytes;

/**
 * A transport stream segment read back, strictly: written from ISO/IEC 13818-1 §2.4 and sharing nothing with the muxer.
 * Reading asserts what holds for every packet; {@link #assertCompleteCycles} what Lancaster promises of a segment.
 */
public final class TsSegmentReader {
    /** A packet; {@code pcr} is -1 where there is none. */
    public record Packet(
            int pid,
            boolean start,
            int counter,
            boolean discontinuity,
            boolean randomAccess,
            long pcr,
            Bytes payload) {}

    /** A PES packet; {@code announced} is PES_packet_length. */
    public record Pes(int pid, int streamId, int announced, boolean randomAccess, long pts, long dts, Bytes payload) {}

    /** The program map. */
    public record Program(int version, int pcrPid, Map<Integer, Integer> streamTypes) {}

    private static final int SIZE = 188;

    private final List<Packet> packets = new ArrayList<>();

    public TsSegmentReader(Bytes segment) {
        assertEquals(0, segment.length() % SIZE, "whole packets");
        for (int at = 0; at < segment.length(); at += SIZE) {
            packets.add(packet(segment.slice(at, SIZE)));
        }
    }

    public List<Packet> packets() {
        return packets;
    }

    private static Packet packet(Bytes bytes) {
        assertEquals(0x47, bytes.u8(0), "sync_byte");
        int flags = bytes.u16(1);
        assertEquals(0, flags & 0xA000, "transport_error_indicator, transport_priority");
        assertEquals(0, bytes.u8(3) & 0xC0, "transport_scrambling_control");
        boolean hasField = (bytes.u8(3) & 0x20) != 0;
        boolean hasPayload = (bytes.u8(3) & 0x10) != 0;
        assertTrue(hasField || hasPayload, "adaptation_field_control 0 is reserved");
        int payloadAt = 4;
        int fieldFlags = 0;
        long pcr = -1;
        if (hasField) {
            int length = bytes.u8(4);
            payloadAt = 5 + length;
            assertTrue(hasPayload ? length <= 182 : length == 183, "adaptation_field_length " + length);
            if (length > 0) {
                fieldFlags = bytes.u8(5);
                assertEquals(0, fieldFlags & 0x2F, "parts of the adaptation field that nobody writes");
                int stuffingAt = 6;
                if ((fieldFlags & 0x10) != 0) {
                    pcr = (bytes.u32(6) << 1 | bytes.u8(10) >> 7) * 300 + (bytes.u16(10) & 0x1FF);
                    assertEquals(0x7E, bytes.u8(10) & 0x7E, "reserved bits of the PCR");
                    stuffingAt = 12;
                }
                for (; stuffingAt < payloadAt; stuffingAt++) {
                    assertEquals(0xFF, bytes.u8(stuffingAt), "stuffing_byte");
                }
            }
        }
        return new Packet(
                flags & 0x1FFF,
                (flags & 0x4000) != 0,
                bytes.u8(3) & 0xF,
                (fieldFlags & 0x80) != 0,
                (fieldFlags & 0x40) != 0,
                pcr,
                hasPayload ? bytes.slice(payloadAt) : Bytes.EMPTY);
    }

    /** The counters of every PID begin at 0, miss none and end where the next segment may begin at 0 again. */
    public TsSegmentReader assertCompleteCycles() {
        Map<Integer, Integer> counts = new TreeMap<>();
        for (Packet packet : packets) {
            int count = counts.getOrDefault(packet.pid(), 0);
            if (packet.payload().isEmpty()) {
                assertEquals(count - 1 & 15, packet.counter(), "counter of a packet without payload");
            } else {
                assertEquals(count & 15, packet.counter(), "continuity_counter of PID " + packet.pid());
                counts.put(packet.pid(), count + 1);
            }
        }
        counts.forEach((pid, count) -> assertEquals(0, count % 16, "packets of PID " + pid));
        return this;
    }

    /** The program that the second packet maps, behind a PAT in the first. */
    public Program program() {
        Bytes pat = section(packets.get(0), 0, 0);
        assertEquals(13, pat.length() - 3, "one program");
        assertEquals(1, pat.u16(8), "program_number");
        int pmtPid = pat.u16(10) & 0x1FFF;
        Bytes pmt = section(packets.get(1), pmtPid, 2);
        Map<Integer, Integer> types = new TreeMap<>();
        for (int at = 12 + (pmt.u16(10) & 0xFFF); at < pmt.length() - 4; at += 5 + (pmt.u16(at + 3) & 0xFFF)) {
            types.put(pmt.u16(at + 1) & 0x1FFF, pmt.u8(at));
        }
        return new Program(pmt.u8(5) >> 1 & 31, pmt.u16(8) & 0x1FFF, types);
    }

    private static Bytes section(Packet packet, int pid, int tableId) {
        assertEquals(pid, packet.pid());
        assertTrue(packet.start(), "payload_unit_start_indicator");
        Bytes payload = packet.payload();
        assertEquals(0, payload.u8(0), "pointer_field");
        Bytes section = payload.slice(1, 3 + (payload.u16(2) & 0xFFF));
        assertEquals(tableId, section.u8(0), "table_id");
        assertEquals(0xB0, section.u8(1) & 0xF0, "section_syntax_indicator and what follows");
        assertEquals(0, remainder(section), "CRC_32 over the section and its CRC_32");
        return section;
    }

    private static long remainder(Bytes section) {
        long register = 0xFFFF_FFFFL;
        for (int i = 0; i < section.length() * 8; i++) {
            long in = section.u8(i / 8) >> (7 - i % 8) & 1;
            long top = register >> 31;
            register = (register << 1 & 0xFFFF_FFFFL) ^ (top != in ? 0x04C1_1DB7L : 0);
        }
        return register;
    }

    /** The PES packets in the order in which they begin. */
    public List<Pes> pes() {
        List<List<Packet>> units = new ArrayList<>();
        Map<Integer, List<Packet>> open = new HashMap<>();
        for (Packet packet : packets) {
            if (packet.pid() < 0x20
                    || packet.pid() == 0x1000
                    || packet.payload().isEmpty()) {
                continue;
            }
            if (packet.start()) {
                List<Packet> unit = new ArrayList<>();
                units.add(unit);
                open.put(packet.pid(), unit);
            }
            assertTrue(open.containsKey(packet.pid()), "a segment begins with the start of a unit");
            open.get(packet.pid()).add(packet);
        }
        return units.stream().map(TsSegmentReader::unit).toList();
    }

    private static Pes unit(List<Packet> packets) {
        Bytes bytes = Bytes.concat(packets.stream().map(Packet::payload).toArray(Bytes[]::new));
        assertEquals(1, bytes.u24(0), "packet_start_code_prefix");
        int announced = bytes.u16(4);
        if (announced != 0) {
            assertEquals(bytes.length() - 6, announced, "PES_packet_length");
        }
        assertEquals(0x80, bytes.u8(6) & 0xF0, "marker bits, not scrambled");
        int flags = bytes.u8(7);
        assertEquals(0, flags & 0x3F, "parts of the header that nobody writes");
        assertTrue((flags & 0x80) != 0, "a PTS");
        long pts = timestamp(bytes.slice(9, 5), flags >> 6);
        long dts = (flags & 0x40) != 0 ? timestamp(bytes.slice(14, 5), 1) : pts;
        Packet first = packets.get(0);
        return new Pes(
                first.pid(), bytes.u8(3), announced, first.randomAccess(), pts, dts, bytes.slice(9 + bytes.u8(8)));
    }

    private static long timestamp(Bytes bytes, int prefix) {
        assertEquals(prefix, bytes.u8(0) >> 4, "prefix of a timestamp");
        assertEquals(3, (bytes.u8(0) & 1) + (bytes.u8(2) & 1) + (bytes.u8(4) & 1), "marker bits");
        return (bytes.u8(0) >> 1 & 7L) << 30 | (bytes.u16(1) >> 1) << 15 | bytes.u16(3) >> 1;
    }
}

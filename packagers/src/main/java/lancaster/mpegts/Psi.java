package lancaster.mpegts;

import java.util.List;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;

/** Program association and program map (§2.4.4) of the one program, each in one packet of its own. */
final class Psi {
    static final int PAT_PID = 0;
    static final int PMT_PID = 0x1000;

    /** stream_type (Table 2-34). */
    static final int H264 = 0x1B;

    static final int AAC_ADTS = 0x0F;

    private static final int PAT_TABLE_ID = 0;
    private static final int PMT_TABLE_ID = 2;
    private static final int PROGRAM = 1;
    private static final int TRANSPORT_STREAM = 1;
    private static final int VERSIONS = 32;
    private static final int CRC_SIZE = 4;
    /** A section, its pointer field before it, must fit into one packet: players don't put several together. */
    private static final int MAX_SECTION = TsPacket.MAX_PAYLOAD - 1;

    /** An elementary stream of the program map. */
    record Stream(int streamType, int pid) {}

    private Psi() {}

    static Bytes pat() {
        return packet(section(
                PAT_TABLE_ID, TRANSPORT_STREAM, 0, new ByteWriter().u16(PROGRAM).u16(0xE000 | PMT_PID)));
    }

    /** @param version taken modulo 32; another configuration has another version */
    static Bytes pmt(long version, int pcrPid, List<Stream> streams) {
        ByteWriter body = new ByteWriter().u16(0xE000 | pcrPid).u16(0xF000);
        for (Stream stream : streams) {
            body.u8(stream.streamType()).u16(0xE000 | stream.pid()).u16(0xF000);
        }
        return packet(section(PMT_TABLE_ID, PROGRAM, (int) (version % VERSIONS), body));
    }

    private static Bytes section(int tableId, int idExtension, int version, ByteWriter body) {
        ByteWriter section = new ByteWriter()
                .u8(tableId)
                .u16(0xB000 | 5 + body.length() + CRC_SIZE)
                .u16(idExtension)
                .u8(0xC1 | version << 1)
                .u16(0)
                .bytes(body.bytes());
        return section.u32(crc32(section.bytes())).bytes();
    }

    /** What follows the packet's header: the pointer field, the section, stuffing. */
    private static Bytes packet(Bytes section) {
        if (section.length() > MAX_SECTION) {
            throw new IllegalArgumentException("a section of " + section.length() + " bytes");
        }
        ByteWriter payload = new ByteWriter(TsPacket.MAX_PAYLOAD).u8(0).bytes(section);
        while (payload.length() < TsPacket.MAX_PAYLOAD) {
            payload.u8(0xFF);
        }
        return payload.bytes();
    }

    /** CRC_32 (annex A): polynomial 0x04C11DB7, most significant bit first, begun with ones. */
    private static int crc32(Bytes bytes) {
        int crc = -1;
        for (int i = 0; i < bytes.length(); i++) {
            crc ^= bytes.u8(i) << 24;
            for (int bit = 0; bit < 8; bit++) {
                crc = crc << 1 ^ (crc < 0 ? 0x04C11DB7 : 0);
            }
        }
        return crc;
    }
}

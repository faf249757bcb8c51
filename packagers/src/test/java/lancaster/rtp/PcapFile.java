package lancaster.rtp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;

/** A capture file of UDP datagrams, as if they had been seen on a network: pcap of bare IPv4 packets. */
final class PcapFile {
    private static final int MAGIC = 0xA1B2_C3D4;
    private static final int LINKTYPE_RAW = 101;
    private static final int MAX_PACKET = 65_535;
    private static final int IP_BYTES = 20;
    private static final int UDP_BYTES = 8;
    private static final int UDP = 17;
    private static final long SOURCE = 0x0A00_0005L;

    private final ByteWriter out = new ByteWriter()
            .u32(MAGIC)
            .u16(2)
            .u16(4)
            .u32(0)
            .u32(0)
            .u32(MAX_PACKET)
            .u32(LINKTYPE_RAW);
    private int packets;

    /** A datagram from 10.0.0.5 to a group, a millisecond after the one before. */
    void add(long group, int port, Bytes payload) {
        int length = IP_BYTES + UDP_BYTES + payload.length();
        out.u32(1_800_000_000L).u32(packets * 1_000L).u32(length).u32(length);
        // The checksums are 0: of UDP that says there is none, and of IP nobody here checks it.
        out.u8(0x45)
                .u8(0)
                .u16(length)
                .u16(packets)
                .u16(0)
                .u8(1)
                .u8(UDP)
                .u16(0)
                .u32(SOURCE)
                .u32(group);
        out.u16(40_000).u16(port).u16(UDP_BYTES + payload.length()).u16(0).bytes(payload);
        packets++;
    }

    Path write(Path file) throws IOException {
        return Files.write(file, out.bytes().toArray());
    }
}

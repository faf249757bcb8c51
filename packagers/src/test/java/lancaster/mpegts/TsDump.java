package lancaster.mpegts;

import java.util.List;
import java.util.stream.Collectors;
import lancaster.bytes.Bytes;
import lancaster.codec.avc.AnnexB;
import lancaster.mpegts.TsSegmentReader.Packet;
import lancaster.mpegts.TsSegmentReader.Pes;

/** A segment as text: a line for each packet, then a line for each PES packet. */
final class TsDump {
    private TsDump() {}

    static String of(TsSegmentReader segment) {
        StringBuilder text = new StringBuilder(segment.program() + "\n");
        segment.packets().forEach(packet -> text.append(line(packet)).append('\n'));
        segment.pes().forEach(pes -> text.append(line(pes)).append('\n'));
        return text.toString();
    }

    private static String line(Packet packet) {
        return String.format(
                        "%04x #%02d %3d",
                        packet.pid(), packet.counter(), packet.payload().length())
                + (packet.start() ? " start" : "")
                + (packet.discontinuity() ? " discontinuity" : "")
                + (packet.randomAccess() ? " random-access" : "")
                + (packet.pcr() >= 0 ? " pcr=" + packet.pcr() : "");
    }

    private static String line(Pes pes) {
        return String.format(
                "pes %04x %02x length=%d pts=%d dts=%d %d bytes %s hash=%08x",
                pes.pid(),
                pes.streamId(),
                pes.announced(),
                pes.pts(),
                pes.dts(),
                pes.payload().length(),
                pes.streamId() == 0xE0 ? nalTypes(pes.payload()) : "adts",
                pes.payload().hashCode());
    }

    private static List<String> nalTypes(Bytes byteStream) {
        return AnnexB.nalUnits(byteStream).stream()
                .map(unit -> String.valueOf(unit.u8(0) & 31))
                .collect(Collectors.toList());
    }
}

package lancaster.rtmfp.packet;

import java.util.stream.Collectors;
import lancaster.bytes.Bytes;
import lancaster.kit.Hex;

/** A packet as text, a line a chunk, in the words of the captured traces. */
final class PacketDump {

    private PacketDump() {}

    static String dump(Bytes packet) {
        StringBuilder text = new StringBuilder();
        ChunkReader reader = new ChunkReader(packet);
        text.append(header(reader.header())).append('\n');
        while (reader.advance()) {
            try {
                text.append("  ").append(chunk(reader.chunk())).append('\n');
            } catch (MalformedPacketException e) {
                text.append("  malformed: ").append(e.reason()).append('\n');
            }
        }
        return text.append(reader.skipped() == 0 ? "" : "  skipped " + reader.skipped() + '\n')
                .toString();
    }

    static String header(PacketHeader header) {
        int flags = (header.timeCritical() ? 0x80 : 0)
                | (header.timeCriticalReverse() ? 0x40 : 0)
                | (header.timestamp() == PacketHeader.ABSENT ? 0 : 0x08)
                | (header.timestampEcho() == PacketHeader.ABSENT ? 0 : 0x04)
                | header.mode().code();
        return String.format("flags=%02x", flags)
                + (header.timestamp() == PacketHeader.ABSENT ? "" : String.format(" ts=%04x", header.timestamp()))
                + (header.timestampEcho() == PacketHeader.ABSENT
                        ? ""
                        : String.format(" tse=%04x", header.timestampEcho()));
    }

    static String chunk(Chunk chunk) {
        if (chunk instanceof FlowData data) {
            return data(data);
        }
        if (chunk instanceof Acknowledgement ack) {
            StringBuilder ranges = new StringBuilder();
            ack.forEachRange((first, last) -> ranges.append(ranges.isEmpty() ? "" : ", ")
                    .append(first)
                    .append('-')
                    .append(last));
            return "Ack flow=" + ack.flowId() + " buf=" + ack.bufferBlocksAvailable() + " cum=" + ack.cumulativeAck()
                    + " ranges=[" + ranges + "]";
        }
        return chunk.toString();
    }

    private static String data(FlowData data) {
        int flags = DataFlags.of(data);
        String options = data.options().options().stream()
                .map(option -> String.format("%02x:", option.type()) + Hex.of(option.value()))
                .collect(Collectors.joining(","));
        String hex = Hex.of(data.userData());
        return (data instanceof UserData ? "UserData" : "NextUserData")
                + String.format(" fl=%02x flow=%d seq=%d", flags, data.flowId(), data.sequenceNumber())
                + (data instanceof UserData ? " fsnoff=" + data.fsnOffset() : "")
                + (options.isEmpty() ? "" : " OPTS=" + options)
                + " data[" + data.userData().length() + "]=" + hex;
    }
}

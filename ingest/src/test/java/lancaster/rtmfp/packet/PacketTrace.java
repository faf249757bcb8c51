package lancaster.rtmfp.packet;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.kit.GoldenFile;
import lancaster.kit.Hex;

/** Sessions of MonaServer, librtmfp and a Flash-like peer as they were captured and decrypted, put back into bytes. */
final class PacketTrace {
    private static final Pattern HEADER = Pattern.compile(
            "#(\\d+) (?:=>|<=) \\S+ len=(\\d+) flags=([0-9a-f]{2})(?: ts=([0-9a-f]+))?(?: tse=([0-9a-f]+))?");
    private static final Pattern DATA =
            Pattern.compile("  (UserData|NextUserData) fl=([0-9a-f]{2}) flow=(\\d+) seq=(\\d+)"
                    + " fsnoff=(\\d+) meta=\\S*(?: OPTS=(\\S+))? data\\[(\\d+)]=([0-9a-f]*)(?:\\.\\.\\.\\(\\d+\\))?");
    private static final Pattern ACK = Pattern.compile("  Ack flow=(\\d+) buf=(\\d+) cum=(\\d+) ranges=\\[]");
    private static final Pattern OTHER = Pattern.compile("  (\\w+)\\[(\\d+)] ([0-9a-f]*)");

    /**
     * @param length of the plain packet, padding included
     * @param lines of the trace: the header, then a chunk each
     */
    record Packet(int number, int length, PacketHeader header, List<String> lines, Bytes plain) {}

    private PacketTrace() {}

    static Stream<Packet> all() {
        return Stream.of("play", "pub", "p2pplay").flatMap(name -> read("rtmfp/trace-" + name + ".txt").stream());
    }

    static List<Packet> read(String name) {
        String text = new String(GoldenFile.media(name).toArray(), StandardCharsets.US_ASCII);
        List<List<String>> packets = new ArrayList<>();
        for (String line : text.lines().toList()) {
            if (line.startsWith("#")) {
                packets.add(new ArrayList<>());
            }
            if (line.startsWith("#") || line.startsWith("  ")) {
                packets.get(packets.size() - 1).add(line);
            }
        }
        // The end of the file cut the last one.
        return packets.subList(0, packets.size() - 1).stream()
                .map(PacketTrace::packet)
                .toList();
    }

    private static Packet packet(List<String> lines) {
        Matcher header = matched(HEADER, lines.get(0));
        int flags = Integer.parseInt(header.group(3), 16);
        PacketHeader parsed = new PacketHeader(
                Mode.of(flags & 3),
                (flags & 0x80) != 0,
                (flags & 0x40) != 0,
                header.group(4) == null ? PacketHeader.ABSENT : Integer.parseInt(header.group(4), 16),
                header.group(5) == null ? PacketHeader.ABSENT : Integer.parseInt(header.group(5), 16));
        ByteWriter out = new ByteWriter().u8(flags);
        if (header.group(4) != null) {
            out.u16(parsed.timestamp());
        }
        if (header.group(5) != null) {
            out.u16(parsed.timestampEcho());
        }
        lines.stream().skip(1).forEach(line -> chunk(line, out));
        int length = Integer.parseInt(header.group(2));
        while (out.length() < length) {
            out.u8(0xFF);
        }
        return new Packet(Integer.parseInt(header.group(1)), length, parsed, lines, out.bytes());
    }

    /** Written by hand and not with the classes under test. */
    private static void chunk(String line, ByteWriter out) {
        Matcher data = DATA.matcher(line);
        Matcher ack = ACK.matcher(line);
        if (data.matches()) {
            boolean first = data.group(1).equals("UserData");
            ByteWriter payload = new ByteWriter().u8(Integer.parseInt(data.group(2), 16));
            for (int group = 3; group <= 5 && first; group++) {
                number(payload, Long.parseLong(data.group(group)));
            }
            if (data.group(6) != null) {
                for (String option : data.group(6).split(",", -1)) {
                    Bytes value = Hex.bytes(option.substring(3));
                    payload.u8(value.length() + 1).bytes(Hex.bytes(option.substring(0, 2)));
                    payload.bytes(value);
                }
                payload.u8(0);
            }
            String hex = data.group(8);
            // Where the trace cut, it may have cut a byte.
            Bytes shown = Hex.bytes(hex.substring(0, hex.length() & ~1));
            payload.bytes(shown).zeros(Integer.parseInt(data.group(7)) - shown.length());
            out.u8(first ? 0x10 : 0x11).u16(payload.length()).bytes(payload.bytes());
        } else if (ack.matches()) {
            ByteWriter payload = new ByteWriter();
            for (int group = 1; group <= 3; group++) {
                number(payload, Long.parseLong(ack.group(group)));
            }
            out.u8(0x51).u16(payload.length()).bytes(payload.bytes());
        } else {
            Matcher other = matched(OTHER, line);
            Bytes payload = Hex.bytes(other.group(3));
            out.u8(type(other.group(1))).u16(payload.length()).bytes(payload);
        }
    }

    private static void number(ByteWriter out, long value) {
        for (int shift = 28; shift > 0; shift -= 7) {
            if (value >= 1L << shift) {
                out.u8((int) (value >> shift & 0x7F) + 0x80);
            }
        }
        out.u8((int) value & 0x7F);
    }

    private static int type(String name) {
        return switch (name) {
            case "IHello" -> 0x30;
            case "FIHello" -> 0x0F;
            case "RHello" -> 0x70;
            case "Redirect" -> 0x71;
            case "IIKeying" -> 0x38;
            case "RIKeying" -> 0x78;
            case "Ping" -> 0x01;
            case "PingReply" -> 0x41;
            case "Close" -> 0x0C;
            case "CloseAck" -> 0x4C;
            default -> throw new AssertionError(name);
        };
    }

    private static Matcher matched(Pattern pattern, String line) {
        Matcher matcher = pattern.matcher(line);
        if (!matcher.matches()) {
            throw new AssertionError("not understood: " + line);
        }
        return matcher;
    }
}

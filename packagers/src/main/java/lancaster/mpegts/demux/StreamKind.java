package lancaster.mpegts.demux;

import lancaster.bytes.Bytes;

/**
 * What an elementary stream is, by its stream_type (Table 2-34) and, where that only says "private", by its
 * descriptors.
 *
 * @param name for people
 */
public record StreamKind(Content content, String name) {
    /** stream_type of H.264. */
    public static final int H264 = 0x1B;
    /** stream_type of AAC with ADTS headers. */
    public static final int AAC_ADTS = 0x0F;

    private static final int PRIVATE_PES = 0x06;
    /** Descriptors of DVB (EN 300 468 §6.1). */
    private static final int TELETEXT = 0x56;

    private static final int SUBTITLING = 0x59;
    private static final int AC3 = 0x6A;
    private static final int EAC3 = 0x7A;
    private static final int DTS = 0x7B;
    private static final int AAC = 0x7C;

    /** What it carries. */
    public enum Content {
        VIDEO,
        AUDIO,
        DATA
    }

    public static StreamKind of(ProgramMap.Stream stream) {
        return switch (stream.streamType()) {
            case 0x01 -> video("MPEG-1 video");
            case 0x02 -> video("MPEG-2 video");
            case 0x03, 0x04 -> audio("MPEG audio");
            case 0x05 -> data("private sections");
            case PRIVATE_PES -> privatePes(stream.descriptors());
            case 0x0B, 0x0C, 0x0D, 0x0A -> data("DSM-CC");
            case AAC_ADTS -> audio("AAC");
            case 0x10 -> video("MPEG-4 part 2 video");
            case 0x11 -> audio("AAC in LATM");
            case 0x15 -> data("ID3 metadata");
            case H264 -> video("H.264");
            case 0x1F, 0x20 -> video("H.264 layer");
            case 0x21 -> video("JPEG 2000");
            case 0x24 -> video("HEVC");
            case 0x32 -> video("JPEG XS");
            case 0x33 -> video("VVC");
            case 0x42 -> video("AVS");
            case 0x80 -> data("private stream 0x80");
            case 0x81 -> audio("AC-3");
            case 0x82, 0x85, 0x86, 0x8A -> dtsOrCue(stream);
            case 0x83 -> audio("TrueHD");
            case 0x84, 0x87 -> audio("E-AC-3");
            case 0xEA -> video("VC-1");
            default -> registered(stream);
        };
    }

    private static StreamKind dtsOrCue(ProgramMap.Stream stream) {
        boolean cue = stream.streamType() == 0x86
                && !Descriptors.registration(stream.descriptors()).startsWith("DTS");
        return cue ? data("SCTE-35 cue messages") : audio("DTS");
    }

    private static StreamKind privatePes(Bytes descriptors) {
        return switch (Descriptors.registration(descriptors)) {
            case "Opus" -> audio("Opus");
            case "AV01" -> video("AV1");
            case "AC-3" -> audio("AC-3");
            case "EAC3" -> audio("E-AC-3");
            case "HEVC" -> video("HEVC");
            case "BSSD" -> audio("SMPTE 302M");
            case "KLVA" -> data("KLV metadata");
            default -> describedPes(descriptors);
        };
    }

    private static StreamKind describedPes(Bytes descriptors) {
        if (Descriptors.has(descriptors, AC3)) {
            return audio("AC-3");
        } else if (Descriptors.has(descriptors, EAC3)) {
            return audio("E-AC-3");
        } else if (Descriptors.has(descriptors, DTS)) {
            return audio("DTS");
        } else if (Descriptors.has(descriptors, AAC)) {
            return audio("AAC in private PES packets");
        } else if (Descriptors.has(descriptors, SUBTITLING)) {
            return data("DVB subtitles");
        } else if (Descriptors.has(descriptors, TELETEXT)) {
            return data("teletext");
        }
        String registration = Descriptors.registration(descriptors);
        return data(registration.isBlank() ? "private PES packets" : "private PES packets " + printable(registration));
    }

    private static StreamKind registered(ProgramMap.Stream stream) {
        String registration = Descriptors.registration(stream.descriptors());
        String type = String.format("stream type 0x%02X", stream.streamType());
        return data(registration.isBlank() ? type : type + " " + printable(registration));
    }

    /** What comes from the wire may not reach a terminal as it is. */
    private static String printable(String text) {
        return text.replaceAll("[^ -~]", "?");
    }

    private static StreamKind video(String name) {
        return new StreamKind(Content.VIDEO, name);
    }

    private static StreamKind audio(String name) {
        return new StreamKind(Content.AUDIO, name);
    }

    private static StreamKind data(String name) {
        return new StreamKind(Content.DATA, name);
    }
}

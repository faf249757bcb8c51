package lancaster.isobmff;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lancaster.bytes.ByteReader;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.codec.aac.AudioSpecificConfig;
import lancaster.codec.avc.AvcDecoderConfiguration;
import lancaster.isobmff.Boxes.Box;
import lancaster.media.CodecConfig;

/** Reads the tracks of an initialization segment or of a movie's head (§8.2 to §8.8). */
public final class InitSegmentReader {
    private static final int VISUAL_ENTRY_BYTES = 78;
    private static final int AUDIO_ENTRY_BYTES = 28;
    private static final int MPEG4_AUDIO = 0x40;
    private static final int DECODER_CONFIG_BYTES = 13;

    private static final Map<String, String> CODECS = Map.ofEntries(
            Map.entry("avc1", "H.264"),
            Map.entry("avc3", "H.264"),
            Map.entry("hvc1", "HEVC"),
            Map.entry("hev1", "HEVC"),
            Map.entry("av01", "AV1"),
            Map.entry("vp09", "VP9"),
            Map.entry("mp4a", "AAC"),
            Map.entry("Opus", "Opus"),
            Map.entry("fLaC", "FLAC"),
            Map.entry("ac-3", "AC-3"),
            Map.entry("ec-3", "E-AC-3"),
            Map.entry("encv", "encrypted video"),
            Map.entry("enca", "encrypted audio"));

    private InitSegmentReader() {}

    /**
     * The video and audio tracks.
     *
     * @throws ProtocolException where this is none, or it breaks the format
     */
    public static List<Mp4Track> read(Bytes segment) {
        Box movie = Boxes.first(Boxes.of(segment), "moov").orElseThrow(() -> Boxes.malformed("no moov box"));
        List<Box> inside = Boxes.of(movie.content());
        Map<Long, Mp4Track.Defaults> defaults = defaults(inside);
        List<Mp4Track> tracks = new ArrayList<>();
        for (Box box : inside) {
            if (box.type().equals("trak")) {
                track(box.content(), defaults).ifPresent(tracks::add);
            }
        }
        return List.copyOf(tracks);
    }

    private static Map<Long, Mp4Track.Defaults> defaults(List<Box> movie) {
        Map<Long, Mp4Track.Defaults> defaults = new HashMap<>();
        Optional<Box> extends_ = Boxes.first(movie, "mvex");
        if (extends_.isPresent()) {
            for (Box box : Boxes.of(extends_.get().content())) {
                if (box.type().equals("trex")) {
                    ByteReader in = box.fullContent();
                    long id = in.u32();
                    in.skip(4);
                    defaults.put(id, new Mp4Track.Defaults(in.u32(), in.u32(), in.u32()));
                }
            }
        }
        return defaults;
    }

    private static Optional<Mp4Track> track(Bytes content, Map<Long, Mp4Track.Defaults> defaults) {
        Box head = required(content, "tkhd");
        ByteReader in = head.fullContent();
        in.skip(head.version() == 1 ? 16 : 8);
        long id = in.u32();
        Bytes media = required(content, "mdia").content();
        Box mediaHead = required(media, "mdhd");
        ByteReader times = mediaHead.fullContent();
        times.skip(mediaHead.version() == 1 ? 16 : 8);
        long timescale = times.u32();
        ByteReader handler = required(media, "hdlr").fullContent();
        handler.skip(4);
        String kind = handler.utf8(4);
        boolean video = kind.equals("vide");
        if (timescale == 0 || (!video && !kind.equals("soun"))) {
            return Optional.empty();
        }
        Box description = required(media, "minf", "stbl", "stsd");
        ByteReader entries = description.fullContent();
        entries.skip(4);
        List<Box> all = Boxes.of(entries.rest());
        if (all.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(entry(id, video, timescale, all.get(0), defaults.getOrDefault(id, Mp4Track.Defaults.NONE)));
    }

    private static Mp4Track entry(long id, boolean video, long timescale, Box entry, Mp4Track.Defaults defaults) {
        int fixed = video ? VISUAL_ENTRY_BYTES : AUDIO_ENTRY_BYTES;
        Bytes inside = entry.content().length() > fixed ? entry.content().slice(fixed) : Bytes.EMPTY;
        Optional<CodecConfig> config = Optional.empty();
        int nalLengthSize = 0;
        if (entry.type().equals("avc1") || entry.type().equals("avc3")) {
            AvcDecoderConfiguration avc =
                    AvcDecoderConfiguration.parse(required(inside, "avcC").content());
            nalLengthSize = avc.nalLengthSize();
            config = Optional.of(avc.withFourByteLengths().toConfig());
        } else if (entry.type().equals("mp4a")) {
            config = Boxes.first(Boxes.of(inside), "esds").flatMap(InitSegmentReader::audioConfig);
        }
        String codec = CODECS.getOrDefault(entry.type(), "codec \"" + entry.type() + "\"");
        return new Mp4Track(id, video, timescale, entry.type(), codec, config, nalLengthSize, defaults);
    }

    /** ES_Descriptor (ISO/IEC 14496-1 §7.2.6.5); empty where it isn't AAC. */
    private static Optional<CodecConfig> audioConfig(Box esds) {
        ByteReader stream = descriptor(esds.fullContent().rest(), 3);
        stream.skip(2);
        int flags = stream.u8();
        stream.skip((flags & 0x80) != 0 ? 2 : 0);
        stream.skip((flags & 0x40) != 0 ? stream.u8() : 0);
        stream.skip((flags & 0x20) != 0 ? 2 : 0);
        ByteReader decoder = descriptor(stream.rest(), 4);
        if (decoder.peekU8() != MPEG4_AUDIO) {
            return Optional.empty();
        }
        decoder.skip(DECODER_CONFIG_BYTES);
        return Optional.of(
                AudioSpecificConfig.parse(descriptor(decoder.rest(), 5).rest()));
    }

    private static ByteReader descriptor(Bytes bytes, int tag) {
        ByteReader in = new ByteReader(bytes, "esds");
        if (in.u8() != tag) {
            throw in.malformed("no descriptor of tag " + tag);
        }
        int length = 0;
        for (int i = 0; i < 4; i++) {
            int part = in.u8();
            length = (length << 7) | (part & 0x7F);
            if ((part & 0x80) == 0) {
                break;
            }
        }
        return new ByteReader(in.bytes(length), "esds");
    }

    private static Box required(Bytes content, String... path) {
        return Boxes.path(content, path).orElseThrow(() -> Boxes.malformed("no " + String.join(" ", path) + " box"));
    }
}

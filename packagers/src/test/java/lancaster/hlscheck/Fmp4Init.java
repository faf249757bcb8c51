package lancaster.hlscheck;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lancaster.bytes.Bytes;
import lancaster.hlscheck.Boxes.Box;

/** An initialization segment, with rows 182 and 185 checked. */
final class Fmp4Init {
    private static final Set<String> BRANDS = Set.of("iso6", "iso7", "iso8", "iso9", "isoa", "isob", "isoc", "cmfc");

    /** What the track header says; {@code defaultDuration} is that of trex. */
    record InitTrack(int id, boolean video, int timescale, String codec, Optional<Picture> picture) {}

    final Map<Integer, InitTrack> tracks = new LinkedHashMap<>();
    private final String name;
    private final Findings findings;

    private Fmp4Init(String name, Findings findings) {
        this.name = name;
        this.findings = findings;
    }

    static Fmp4Init parse(String name, Bytes body, Findings findings) {
        Fmp4Init init = new Fmp4Init(name, findings);
        try {
            init.parse(Boxes.parse(body, 0));
        } catch (IndexOutOfBoundsException e) {
            findings.add(Rule.INIT_FORM, name, "a box is cut: " + e.getMessage());
        }
        return init;
    }

    private void parse(List<Box> boxes) {
        List<String> types = boxes.stream().map(Box::type).toList();
        if (!types.equals(List.of("ftyp", "moov"))) {
            findings.add(Rule.INIT_FORM, name, "has " + types);
            return;
        }
        checkBrands(boxes.get(0).body());
        Box movie = boxes.get(1);
        checkZeroDuration(movie.child("mvhd"), 20, 12);
        List<String> order = movie.children(0).stream().map(Box::type).toList();
        boolean fragmented = order.contains("mvex") && order.indexOf("mvex") > order.lastIndexOf("trak");
        findings.check(fragmented, Rule.INIT_FORM, name, "no mvex behind the traks: " + order);
        movie.all("trak").forEach(this::track);
        Set<Integer> extended = new java.util.TreeSet<>();
        movie.child("mvex").ifPresent(extends_ -> extends_.all("trex")
                .forEach(trex -> extended.add(trex.body().i32(4))));
        findings.check(extended.equals(tracks.keySet()), Rule.INIT_FORM, name, "trex of " + extended);
    }

    private void checkBrands(Bytes type) {
        boolean known = false;
        for (int at = 0; at + 4 <= type.length(); at += at == 0 ? 8 : 4) {
            StringBuilder brand = new StringBuilder();
            for (int i = 0; i < 4; i++) {
                brand.append((char) type.u8(at + i));
            }
            known |= BRANDS.contains(brand.toString());
        }
        findings.check(known, Rule.INIT_FORM, name, "no brand of iso6 or later");
    }

    /** The duration of mvhd and tkhd is 0 (§3.1.2). */
    private void checkZeroDuration(Optional<Box> header, int at64, int at32) {
        boolean zero = header.isPresent()
                && (header.get().version() == 1
                        ? header.get().body().i32(at64 + 4) == 0
                                && header.get().body().i32(at64 + 8) == 0
                        : header.get().body().i32(at32 + 4) == 0);
        findings.check(zero, Rule.INIT_FORM, name, "a duration that is not 0");
    }

    private void track(Box track) {
        checkZeroDuration(track.child("tkhd"), 24, 16);
        findings.check(track.at("edts", "elst").isEmpty(), Rule.NO_EDIT_LIST, name, "elst");
        Box header = track.child("tkhd").orElseThrow();
        int id = header.body().i32(header.version() == 1 ? 20 : 12);
        Box media = track.at("mdia", "mdhd").orElseThrow();
        int timescale = media.body().i32(media.version() == 1 ? 20 : 12);
        Box table = track.at("mdia", "minf", "stbl").orElseThrow();
        for (String samples : List.of("stts", "stsc", "stco")) {
            boolean empty =
                    table.child(samples).filter(box -> box.body().i32(4) == 0).isPresent();
            findings.check(empty, Rule.INIT_FORM, name, samples + " is not empty");
        }
        boolean noSizes =
                table.child("stsz").filter(box -> box.body().i32(8) == 0).isPresent();
        findings.check(noSizes, Rule.INIT_FORM, name, "stsz is not empty");
        checkReferences(track.at("mdia", "minf", "dinf", "dref"));
        Box entry = table.child("stsd").orElseThrow().children(8).get(0);
        boolean video = entry.type().equals("avc1");
        tracks.put(id, video ? video(id, timescale, entry) : audio(id, timescale, entry));
    }

    /** The data is in this file (§3.1.2). */
    private void checkReferences(Optional<Box> references) {
        boolean own =
                references.isPresent() && references.get().children(8).stream().allMatch(entry -> entry.flags() == 1);
        findings.check(own, Rule.FRAGMENT_FORM, name, "an external data reference");
    }

    private static InitTrack video(int id, int timescale, Box entry) {
        Bytes avcC = entry.children(78).stream()
                .filter(box -> box.type().equals("avcC"))
                .findFirst()
                .orElseThrow()
                .body();
        Picture picture = Picture.parse(avcC.slice(8, avcC.u16(6)));
        String codec = String.format("avc1.%02x%02x%02x", avcC.u8(1), avcC.u8(2), avcC.u8(3));
        return new InitTrack(id, true, timescale, codec, Optional.of(picture));
    }

    private static InitTrack audio(int id, int timescale, Box entry) {
        Bytes esds = entry.children(28).stream()
                .filter(box -> box.type().equals("esds"))
                .findFirst()
                .orElseThrow()
                .body();
        return new InitTrack(id, false, timescale, "mp4a.40." + objectType(esds.slice(4)), Optional.empty());
    }

    /** The audio object type in the DecoderSpecificInfo (ISO/IEC 14496-1 §7.2.6). */
    private static int objectType(Bytes descriptors) {
        int at = 0;
        while (at < descriptors.length()) {
            int tag = descriptors.u8(at++);
            while ((descriptors.u8(at++) & 0x80) != 0) {
                // The length goes on; all descriptors here nest, so it isn't needed.
            }
            switch (tag) {
                case 3 -> at += 3;
                case 4 -> at += 13;
                case 5 -> {
                    return descriptors.u8(at) >> 3;
                }
                default -> throw new IndexOutOfBoundsException("descriptor " + tag);
            }
        }
        throw new IndexOutOfBoundsException("no DecoderSpecificInfo");
    }
}

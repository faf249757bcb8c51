package lancaster.hlscheck;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lancaster.bytes.Bytes;
import lancaster.hlscheck.TsFile.Pes;
import lancaster.hlscheck.TsFile.StreamType;

/** The tracks of a transport stream segment, with row 181 checked: H.264 as a byte stream and AAC in ADTS. */
final class TsMedia {
    private static final int CLOCK_HZ = 90_000;
    private static final int AAC_SAMPLES = 1024;
    private static final int[] AAC_RATES = {
        96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350
    };

    private final String name;
    private final TsFile file;
    private final Findings findings;
    private final long near;

    private TsMedia(String name, TsFile file, long near, Findings findings) {
        this.name = name;
        this.file = file;
        this.near = near;
        this.findings = findings;
    }

    /** @param near a time that the 33-bit timestamps are unwrapped next to */
    static SegmentMedia read(String name, TsFile file, long near, Findings findings) {
        TsMedia media = new TsMedia(name, file, near, findings);
        List<TrackMedia> tracks = new ArrayList<>();
        file.streamTypes.forEach((pid, type) -> {
            List<Pes> pes = file.pes(pid);
            if (pes.isEmpty()) {
                return;
            }
            switch (type) {
                case StreamType.H264 -> tracks.add(media.video(pid, pes));
                case StreamType.AAC_ADTS -> tracks.add(media.audio(pid, pes));
                default -> findings.add(Rule.CODECS, name, "stream type " + type + " is not read here");
            }
        });
        return new SegmentMedia(tracks);
    }

    private TrackMedia video(int pid, List<Pes> pes) {
        Pes first = pes.get(0);
        List<Bytes> units = units(first.payload());
        boolean sync = has(units, 5);
        if (sync) {
            int at = indexOf(units, 5);
            boolean sets = indexOf(units, 7) >= 0 && indexOf(units, 7) < at && has(units.subList(0, at), 8);
            findings.check(sets, Rule.DECODES_ALONE, name, "no parameter sets before the IDR picture");
            findings.check(first.randomAccess(), Rule.DECODES_ALONE, name, "no random access indicator");
        }
        findings.check(file.pcrBeforeVideo(), Rule.DECODES_ALONE, name, "no PCR at or before the first video packet");
        for (Pes one : pes) {
            List<Bytes> inside = units(one.payload());
            boolean delimited = !inside.isEmpty() && type(inside.get(0)) == 9;
            findings.check(delimited, Rule.DECODES_ALONE, name, "a picture without a delimiter");
        }
        Optional<Picture> picture = pes.stream()
                .flatMap(one -> units(one.payload()).stream())
                .filter(unit -> type(unit) == 7)
                .findFirst()
                .map(Picture::parse);
        long firstDts = unwrap(first.dts());
        long last = unwrap(pes.get(pes.size() - 1).dts());
        long frame = pes.size() > 1 ? last - unwrap(pes.get(pes.size() - 2).dts()) : 0;
        return new TrackMedia(
                pid,
                true,
                picture.map(Picture::codec),
                CLOCK_HZ,
                firstDts,
                last + frame,
                pes.stream().mapToLong(one -> unwrap(one.pts())).min().orElseThrow(),
                frame,
                pes.size(),
                sync,
                pes.stream().anyMatch(one -> has(units(one.payload()), 5)),
                picture);
    }

    private TrackMedia audio(int pid, List<Pes> pes) {
        int frames = 0;
        int rate = CLOCK_HZ;
        String codec = "";
        for (Pes one : pes) {
            Bytes data = one.payload();
            int at = 0;
            while (at + 7 <= data.length() && data.u16(at) >> 4 == 0xFFF) {
                rate = AAC_RATES[data.u8(at + 2) >> 2 & 15];
                codec = "mp4a.40." + ((data.u8(at + 2) >> 6) + 1);
                at += (data.u8(at + 3) & 3) << 11 | data.u16(at + 4) >> 5;
                frames++;
            }
            findings.check(at == data.length(), Rule.DECODES_ALONE, name, "audio that is not whole ADTS frames");
        }
        long first = unwrap(pes.get(0).pts());
        long frame = (long) AAC_SAMPLES * CLOCK_HZ / rate;
        long end = first + (long) frames * AAC_SAMPLES * CLOCK_HZ / rate;
        return new TrackMedia(
                pid,
                false,
                Optional.of(codec),
                CLOCK_HZ,
                first,
                end,
                first,
                frame,
                frames,
                true,
                true,
                Optional.empty());
    }

    private long unwrap(long timestamp) {
        long cycle = 1L << 33;
        return timestamp + Math.floorDiv(near - timestamp + cycle / 2, cycle) * cycle;
    }

    private static boolean has(List<Bytes> units, int type) {
        return indexOf(units, type) >= 0;
    }

    private static int indexOf(List<Bytes> units, int type) {
        for (int i = 0; i < units.size(); i++) {
            if (type(units.get(i)) == type) {
                return i;
            }
        }
        return -1;
    }

    private static int type(Bytes unit) {
        return unit.u8(0) & 31;
    }

    /** The NAL units between start codes (ISO/IEC 14496-10 §B.1). */
    private static List<Bytes> units(Bytes stream) {
        List<Bytes> units = new ArrayList<>();
        int begin = -1;
        int i = 0;
        for (; i + 3 <= stream.length(); i++) {
            if (stream.get(i) == 0 && stream.get(i + 1) == 0 && stream.get(i + 2) == 1) {
                if (begin >= 0) {
                    units.add(trimmed(stream.slice(begin, i - begin)));
                }
                begin = i + 3;
                i += 2;
            }
        }
        if (begin >= 0 && begin < stream.length()) {
            units.add(stream.slice(begin));
        }
        return units;
    }

    private static Bytes trimmed(Bytes unit) {
        int length = unit.length();
        while (length > 1 && unit.get(length - 1) == 0) {
            length--;
        }
        return unit.slice(0, length);
    }
}

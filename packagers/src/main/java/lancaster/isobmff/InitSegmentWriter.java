package lancaster.isobmff;

import java.util.List;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.media.Track;

/** Writes the initialization segment of a set of tracks: {@code ftyp} and a {@code moov} without samples (§8.2, §8.8). */
public final class InitSegmentWriter {
    private static final int MOVIE_TIMESCALE = 90_000;
    private static final int FIXED_ONE = 0x10000;
    /** "und", 5 bits a letter (§8.4.2.3). */
    private static final int UNDETERMINED_LANGUAGE = 0x55C4;

    private static final int ENABLED_IN_MOVIE = 3;
    private static final int SELF_CONTAINED = 1;
    private static final int FIRST_DESCRIPTION = 1;

    private InitSegmentWriter() {}

    /** The order of the tracks doesn't matter: they are numbered by their ids. */
    public static Bytes write(List<Track> tracks) {
        List<TrackBox> boxes = TrackBox.of(tracks);
        BoxWriter out = new BoxWriter(new ByteWriter(1024));
        // tfdt is read by its own rules since iso6; no CMAF brand, for a CMAF file has one track.
        out.box("ftyp", body -> body.ascii("iso6").u32(0).ascii("iso6"));
        out.box("moov", body -> movie(new BoxWriter(body), boxes));
        return out.bytes();
    }

    private static void movie(BoxWriter out, List<TrackBox> tracks) {
        out.full("mvhd", 0, 0, body -> {
            body.u32(0)
                    .u32(0)
                    .u32(MOVIE_TIMESCALE)
                    .u32(0)
                    .u32(FIXED_ONE)
                    .u16(0x100)
                    .zeros(10);
            matrix(body).zeros(24).u32(tracks.size() + 1);
        });
        tracks.forEach(track -> out.box("trak", body -> track(new BoxWriter(body), track)));
        out.box(
                "mvex",
                body -> tracks.forEach(track -> new BoxWriter(body).full("trex", 0, 0, fields -> fields.u32(track.id())
                        .u32(FIRST_DESCRIPTION)
                        .u32(0)
                        .u32(0)
                        .u32(0))));
    }

    private static void track(BoxWriter out, TrackBox track) {
        out.full("tkhd", 0, ENABLED_IN_MOVIE, body -> {
            body.u32(0).u32(0).u32(track.id()).u32(0).u32(0).zeros(12);
            matrix(body.u16(track.isAudio() ? 0x100 : 0).u16(0));
            body.u32((long) track.displayWidth() << 16).u32((long) track.displayHeight() << 16);
        });
        out.box("mdia", body -> media(new BoxWriter(body), track));
    }

    private static void media(BoxWriter out, TrackBox track) {
        out.full("mdhd", 0, 0, body -> body.u32(0)
                .u32(0)
                .u32(track.timescale().hz())
                .u32(0)
                .u16(UNDETERMINED_LANGUAGE)
                .u16(0));
        out.full("hdlr", 0, 0, body -> body.u32(0)
                .ascii(track.isAudio() ? "soun" : "vide")
                .zeros(12)
                .u8(0));
        out.box("minf", body -> {
            BoxWriter information = new BoxWriter(body);
            if (track.isAudio()) {
                information.full("smhd", 0, 0, fields -> fields.u32(0));
            } else {
                information.full("vmhd", 0, 1, fields -> fields.zeros(8));
            }
            information.box(
                    "dinf", reference -> new BoxWriter(reference).full("dref", 0, 0, list -> new BoxWriter(list.u32(1))
                            .full("url ", 0, SELF_CONTAINED, nothing -> {})));
            information.box("stbl", tables -> sampleTables(new BoxWriter(tables), track));
        });
    }

    /** Descriptions only: the samples are in the fragments. */
    private static void sampleTables(BoxWriter out, TrackBox track) {
        out.full("stsd", 0, 0, body -> SampleEntry.write(new BoxWriter(body.u32(1)), track.config()));
        out.full("stts", 0, 0, body -> body.u32(0));
        out.full("stsc", 0, 0, body -> body.u32(0));
        out.full("stsz", 0, 0, body -> body.u32(0).u32(0));
        out.full("stco", 0, 0, body -> body.u32(0));
    }

    /** The unity matrix (§6.2.2). */
    private static ByteWriter matrix(ByteWriter out) {
        return out.u32(FIXED_ONE).zeros(12).u32(FIXED_ONE).zeros(12).u32(0x4000_0000);
    }
}

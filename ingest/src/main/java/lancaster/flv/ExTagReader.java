package lancaster.flv;

import java.util.ArrayList;
import java.util.List;
import lancaster.bytes.ByteReader;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.bytes.ProtocolException.Scope;

/** The header that extended audio and video tags share: modifiers, then one track or several (E-RTMP Ex…TagHeader). */
final class ExTagReader {
    /** A packet type of both kinds of tag. */
    static final int MOD_EX = 7;
    /** Modifiers of a tag; there is one kind of them so far. */
    static final int MAX_MODIFIERS = 16;
    /** Tracks of a tag: a track id has 8 bits. */
    static final int MAX_TRACKS = 256;

    private static final int ONE_TRACK = 0;
    private static final int MANY_TRACKS_MANY_CODECS = 2;
    private static final int MOD_EX_LONG_SIZE = 256;

    /** The bytes of one track. */
    record Part(FourCc codec, int trackId, Bytes body) {}

    /** {@code cutShort}: a track announced more bytes than there were; it and those behind it are lost. */
    record Parts(int packetType, List<Part> parts, boolean cutShort) {}

    private final ByteReader in;
    private final String where;
    private final int multitrackType;

    /** {@code multitrack} is the packet type that says that tracks follow: it differs between audio and video. */
    ExTagReader(ByteReader in, String where, int multitrack) {
        this.in = in;
        this.where = where;
        this.multitrackType = multitrack;
    }

    /** Adds the modifiers before the packet to {@code modifiers} and gives the packet's own type. */
    int packetType(int first, List<ModEx> modifiers) {
        int type = first;
        while (type == MOD_EX) {
            if (modifiers.size() == MAX_MODIFIERS) {
                throw ProtocolException.limit(Scope.MESSAGE, where, "more than " + MAX_MODIFIERS + " modifiers");
            }
            int size = in.u8() + 1;
            if (size == MOD_EX_LONG_SIZE) {
                size = in.u16() + 1;
            }
            Bytes data = in.bytes(size);
            int types = in.u8();
            modifiers.add(new ModEx(types >> 4, data));
            type = types & 0x0F;
        }
        return type;
    }

    /** The rest of the tag. */
    Parts parts(int packetType) {
        if (packetType != multitrackType) {
            return new Parts(packetType, List.of(new Part(fourCc(), 0, in.rest())), false);
        }
        int types = in.u8();
        int layout = types >> 4;
        int type = types & 0x0F;
        if (layout > MANY_TRACKS_MANY_CODECS || type == multitrackType || type == MOD_EX) {
            throw unsupported(where, "multitrack type " + layout + " with packet type " + type);
        }
        if (layout == ONE_TRACK) {
            FourCc codec = fourCc();
            return new Parts(type, List.of(new Part(codec, in.u8(), in.rest())), false);
        }
        return manyTracks(type, layout == MANY_TRACKS_MANY_CODECS);
    }

    private Parts manyTracks(int packetType, boolean manyCodecs) {
        List<Part> parts = new ArrayList<>();
        FourCc codec = manyCodecs ? null : fourCc();
        do {
            if (parts.size() == MAX_TRACKS) {
                throw ProtocolException.limit(Scope.MESSAGE, where, "more than " + MAX_TRACKS + " tracks");
            }
            FourCc ownCodec = codec == null ? fourCc() : codec;
            int trackId = in.u8();
            int size = in.u24();
            if (size > in.remaining()) {
                return new Parts(packetType, parts, true);
            }
            parts.add(new Part(ownCodec, trackId, in.bytes(size)));
        } while (in.hasRemaining());
        return new Parts(packetType, parts, false);
    }

    private FourCc fourCc() {
        return new FourCc(in.i32());
    }

    static ProtocolException unsupported(String where, String what) {
        return ProtocolException.unsupported(Scope.MESSAGE, where, what);
    }
}

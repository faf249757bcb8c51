package lancaster.probe;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lancaster.bytes.ProtocolException;
import lancaster.flv.FlvFileReader;

/**
 * Measures a stream of bytes, FLV or a transport stream, of a file or as HTTP brings it: the first bytes tell which.
 */
public final class ByteProbe {
    private static final int TS_BYTES = 188;
    private static final int SYNC_BYTE = 0x47;
    private static final int SIGNATURE_BYTES = 3;

    private enum Kind {
        UNKNOWN,
        FLV,
        TS,
        NEITHER
    }

    private final String url;
    private final boolean live;
    private final StreamProbe stream;
    private final FlvProbe flv;
    private final FlvFileReader flvReader;
    private final TsProbe ts;
    private final PcrTime clock = new PcrTime();
    private final byte[] packet = new byte[TS_BYTES];
    private final List<String> notes = new ArrayList<>();
    private final Faults faults = new Faults();
    private int packetBytes;
    private Kind kind = Kind.UNKNOWN;
    private Optional<String> broken = Optional.empty();
    private long bytes;
    private long nowNs;

    private ByteProbe(String url, boolean live, long beginNs) {
        this.url = url;
        this.live = live;
        this.stream = live ? StreamProbe.live(beginNs) : StreamProbe.recorded();
        this.flv = new FlvProbe(stream);
        this.flvReader = new FlvFileReader(tag -> flv.accept(tag, nowNs));
        this.ts = new TsProbe(stream::accept);
    }

    /** Of what comes in real time, and was asked for at {@code beginNs}. */
    public static ByteProbe live(String url, long beginNs) {
        return new ByteProbe(url, true, beginNs);
    }

    public static ByteProbe file(String path) {
        return new ByteProbe(path, false, 0);
    }

    /** The next piece. Pieces may be of any size, but the first must have 3 bytes. */
    public void accept(byte[] piece, int length, long arrivalNs) {
        nowNs = arrivalNs;
        bytes += length;
        if (kind == Kind.UNKNOWN) {
            kind = kind(piece, length);
        }
        if (kind == Kind.FLV && broken.isEmpty()) {
            try {
                flvReader.read(ByteBuffer.wrap(piece, 0, length));
            } catch (ProtocolException e) {
                broken = Optional.of(String.valueOf(e.getMessage()));
            }
        } else if (kind == Kind.TS) {
            transportStream(piece, length);
        }
    }

    private static Kind kind(byte[] piece, int length) {
        if (length >= SIGNATURE_BYTES && piece[0] == 'F' && piece[1] == 'L' && piece[2] == 'V') {
            return Kind.FLV;
        }
        for (int at = 0; at < Math.min(length, TS_BYTES); at++) {
            boolean rhythm = piece[at] == SYNC_BYTE;
            for (int next = at + TS_BYTES; next < Math.min(length, at + 5 * TS_BYTES); next += TS_BYTES) {
                rhythm &= piece[next] == SYNC_BYTE;
            }
            if (rhythm && (at == 0 || length > at + TS_BYTES)) {
                return Kind.TS;
            }
        }
        return Kind.NEITHER;
    }

    /** Live, by its arrival; else packet by packet, by its own clock. */
    private void transportStream(byte[] piece, int length) {
        if (live) {
            ts.accept(piece, 0, length, nowNs);
            return;
        }
        for (int at = 0; at < length; ) {
            int count = Math.min(TS_BYTES - packetBytes, length - at);
            System.arraycopy(piece, at, packet, packetBytes, count);
            packetBytes += count;
            at += count;
            if (packetBytes == TS_BYTES) {
                packetBytes = 0;
                ts.accept(packet, 0, TS_BYTES, clock.atNs(packet, 0));
            }
        }
    }

    public void note(String text) {
        notes.add(text);
    }

    public void fault(String text) {
        faults.say(text);
    }

    /** Whether it is something that can be looked into. */
    public boolean isUnderstood() {
        return kind == Kind.FLV || kind == Kind.TS;
    }

    public boolean isEmpty() {
        return bytes == 0;
    }

    /** @param seconds for how long it was looked at */
    public ProbeReport report(double seconds, long endNs) {
        boolean transport = kind == Kind.TS;
        if (transport) {
            ts.end();
            faults.transport(ts.report());
            faults.counted(ts.faults());
        } else {
            broken.ifPresent(why -> faults.say("the file breaks off: " + why));
            faults.counted(flv.faults());
            if (!live && !flvReader.isComplete() && broken.isEmpty()) {
                faults.say("the file ends within a tag");
            }
        }
        List<TrackReport> tracks = stream.tracks();
        faults.tracks(tracks, stream.timing(endNs));
        return new ProbeReport(
                url,
                (transport ? "MPEG-TS" : "FLV") + (live ? " over HTTP" : " file"),
                seconds,
                tracks,
                stream.timing(endNs),
                Optional.empty(),
                Optional.empty(),
                transport ? Optional.of(TransportReport.of(ts, live, true)) : Optional.empty(),
                Optional.empty(),
                notes,
                faults.all());
    }
}

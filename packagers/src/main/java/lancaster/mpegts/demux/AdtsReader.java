package lancaster.mpegts.demux;

import java.util.function.Consumer;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.codec.aac.Adts;
import lancaster.codec.aac.AudioSpecificConfig;
import lancaster.media.AccessUnit;
import lancaster.media.CodecConfig.AacConfig;
import lancaster.media.MediaEvent;
import lancaster.media.Timebase;
import lancaster.media.Track;
import lancaster.media.TrackConfigured;
import org.jspecify.annotations.Nullable;

/**
 * Finds the frames of AAC with ADTS headers (ISO/IEC 14496-3 §1.A.2.2), wherever PES packets cut them. A frame goes out
 * as soon as it is complete; those behind the first of a PES packet are timed by counting samples.
 */
final class AdtsReader implements ElementaryReader {
    private static final int HEADER_BYTES = 7;
    /** The longest frame: its length has 13 bits. */
    private static final int MAX_FRAME_BYTES = 1 << 13;
    /** A frame, the header of the next, and what one packet brings. */
    private static final int CAPACITY = 2 * MAX_FRAME_BYTES;

    private final int trackId;
    private final FaultCounters faults;
    private final Consumer<MediaEvent> sink;
    private final PesMarks marks = new PesMarks();
    private final byte[] held = new byte[CAPACITY];
    private int length;
    /** The position of the first held byte in the stream. */
    private long base;
    /** Whether a frame begins with the first held byte, because one ended before it. */
    private boolean locked;

    private @Nullable AacConfig config;
    private Bytes lastRecord = Bytes.EMPTY;
    private boolean timed;
    private boolean uncounted;
    private long anchor90k;
    private long framesSinceAnchor;
    private long accessUnits;

    AdtsReader(int trackId, FaultCounters faults, Consumer<MediaEvent> sink) {
        this.trackId = trackId;
        this.faults = faults;
        this.sink = sink;
    }

    @Override
    public void begin(PesTime time) {
        marks.begin(base + length, time);
    }

    @Override
    public void data(byte[] array, int offset, int count) {
        System.arraycopy(array, offset, held, length, count);
        length += count;
        int at = 0;
        while (true) {
            int taken = locked ? frame(at) : search(at);
            if (taken < 0) {
                break;
            }
            at += taken;
        }
        discard(at);
    }

    @Override
    public void damaged() {
        if (length > 0) {
            faults.count(TsFault.DAMAGED_ACCESS_UNIT);
        }
        discard(length);
        locked = false;
        // How many frames are missing can't be known: those up to the next timestamp have no time.
        uncounted = true;
    }

    @Override
    public void flush(boolean complete) {
        discard(length);
        locked = false;
    }

    @Override
    public long accessUnits() {
        return accessUnits;
    }

    /** Looks for two headers a frame apart; gives how far it may go on, or -1 where more must come. */
    private int search(int from) {
        for (int at = from; length - at >= HEADER_BYTES; at++) {
            if (!Adts.mayBegin(held, at)) {
                continue;
            }
            int next = at + Adts.frameLength(held, at);
            if (length - next < HEADER_BYTES && at > from) {
                return at - from;
            }
            if (length - next < HEADER_BYTES) {
                return -1;
            }
            if (Adts.mayBegin(held, next)) {
                locked = true;
                return at - from;
            }
        }
        int passed = length - from - (HEADER_BYTES - 1);
        return passed > 0 ? passed : -1;
    }

    /** Gives the frame at {@code at} on; how long it is, 0 where there is none, or -1 where more must come. */
    private int frame(int at) {
        if (length - at < HEADER_BYTES) {
            return -1;
        }
        if (!Adts.mayBegin(held, at)) {
            faults.count(TsFault.AUDIO_SYNC);
            locked = false;
            return 0;
        }
        int frameLength = Adts.frameLength(held, at);
        if (length - at < frameLength) {
            return -1;
        }
        byte[] copy = new byte[frameLength];
        System.arraycopy(held, at, copy, 0, frameLength);
        PesTime time = marks.take(base + at);
        if (time.known()) {
            timed = true;
            uncounted = false;
            anchor90k = time.dts90k() + time.cts90k();
            framesSinceAnchor = 0;
        }
        try {
            give(Bytes.wrap(copy));
        } catch (ProtocolException e) {
            faults.count(TsFault.NO_CONFIGURATION);
        }
        return frameLength;
    }

    private void give(Bytes frame) {
        Adts.Header header = Adts.parse(frame);
        Adts.Frame content = Adts.frame(header, frame.slice(header.headerLength()));
        Bytes record = content.audioSpecificConfig();
        if (!record.isEmpty() && !record.equals(lastRecord)) {
            AacConfig next = AudioSpecificConfig.parse(record);
            lastRecord = record;
            anchor90k = next90k();
            framesSinceAnchor = 0;
            config = next;
            sink.accept(new TrackConfigured(new Track(trackId, next)));
        }
        if (config == null) {
            faults.count(TsFault.NO_CONFIGURATION);
        } else if (!timed) {
            faults.count(TsFault.MISSING_TIMESTAMP);
        } else if (uncounted) {
            faults.count(TsFault.DAMAGED_ACCESS_UNIT);
        } else if (content.raw().isEmpty()) {
            faults.count(TsFault.DAMAGED_ACCESS_UNIT);
            framesSinceAnchor++;
        } else {
            long dts90k = next90k();
            framesSinceAnchor++;
            accessUnits++;
            sink.accept(new AccessUnit(trackId, dts90k, 0, true, content.raw()));
        }
    }

    private long next90k() {
        AacConfig current = config;
        return current == null
                ? anchor90k
                : anchor90k + Timebase.ofSamples(framesSinceAnchor * current.samplesPerFrame(), current.sampleRate());
    }

    private void discard(int count) {
        System.arraycopy(held, count, held, 0, length - count);
        length -= count;
        base += count;
    }
}

package lancaster.mpegts;

import java.util.List;
import lancaster.bytes.Bytes;
import lancaster.codec.aac.Adts;
import lancaster.codec.aac.AudioSpecificConfig;
import lancaster.media.AccessUnit;
import lancaster.media.CodecConfig.AacConfig;
import lancaster.media.Timebase;

/** AAC frames with ADTS headers, one or several a PES packet. */
final class AacPesPacket implements PesPacket {
    private final AacConfig config;
    private final TsClock clock;
    private final Adts adts;
    /** What stands before a frame: its ADTS header, and before the first the PES header. */
    private final PesHead head;

    private List<Bytes> frames = List.of();
    private int remaining;
    private int frame;
    private int frameRead;

    AacPesPacket(AacConfig config, TsClock clock) {
        this.config = config;
        this.clock = clock;
        this.adts = new Adts(AudioSpecificConfig.of(config));
        this.head = new PesHead(PesHeader.AUDIO, adts.headerLength());
    }

    @Override
    public int streamType() {
        return Psi.AAC_ADTS;
    }

    @Override
    public int size(AccessUnit unit) {
        return unit.payload().isEmpty() ? 0 : PesHeader.size(0, 0) + frameSize(unit.payload());
    }

    @Override
    public void begin(AccessUnit unit) {
        begin(List.of(unit.payload()), unit.pts90k());
    }

    /** Frames without a gap between them, the first presented at {@code start90k}. */
    void begin(List<Bytes> group, long start90k) {
        frames = group;
        int length = 0;
        for (Bytes each : group) {
            length += frameSize(each);
        }
        long timestamp = clock.timestamp(start90k);
        remaining = head.begin(timestamp, timestamp, length);
        frame = 0;
        beginFrame();
    }

    /** Bytes of {@code frame} with its ADTS header; refuses one that is too long for it. */
    int frameSize(Bytes frame) {
        adts.requireFits(frame.length());
        return adts.headerLength() + frame.length();
    }

    /** How long so many frames last, 90 kHz ticks. */
    long duration90k(int count) {
        return count * (long) config.samplesPerFrame() * Timebase.HZ / config.sampleRate();
    }

    @Override
    public int remaining() {
        return remaining;
    }

    @Override
    public void read(byte[] target, int at, int count) {
        for (int done = 0; done < count; ) {
            done += readPiece(target, at + done, count - done);
        }
        remaining -= count;
    }

    private int readPiece(byte[] target, int at, int wanted) {
        int ahead = head.read(target, at, wanted);
        if (ahead > 0) {
            return ahead;
        }
        Bytes current = frames.get(frame);
        int part = Math.min(wanted, current.length() - frameRead);
        current.copyTo(frameRead, target, at, part);
        frameRead += part;
        if (frameRead == current.length() && ++frame < frames.size()) {
            head.restart();
            beginFrame();
        }
        return part;
    }

    private void beginFrame() {
        adts.writeHeader(frames.get(frame).length(), head.array(), head.add(adts.headerLength()));
        frameRead = 0;
    }
}

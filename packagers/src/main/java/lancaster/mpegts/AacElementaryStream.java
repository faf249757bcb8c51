package lancaster.mpegts;

import java.util.ArrayList;
import java.util.List;
import lancaster.bytes.Bytes;
import lancaster.codec.aac.Adts;
import lancaster.codec.aac.AudioSpecificConfig;
import lancaster.media.AccessUnit;
import lancaster.media.CodecConfig.AacConfig;
import lancaster.media.Timebase;

/** AAC with ADTS headers: frames that follow each other without a gap share a PES packet, at most 100 ms of them. */
final class AacElementaryStream implements ElementaryStream {
    private static final long MAX_GROUP_90K = 9_000;
    /** Far below what PES_packet_length can say. */
    private static final int MAX_GROUP_BYTES = 16_384;
    /** Sample clocks are rounded to ticks; more than this is a gap. */
    private static final long MAX_ROUNDING_90K = 2;

    private final PesPacketizer packets;
    private final PcrInserter pcr;
    private final TsClock clock;
    private final PesHeader header = new PesHeader(PesHeader.AUDIO);
    private final Adts adts;
    private final byte[] adtsHeader;
    private final AacConfig config;
    private final List<Bytes> group = new ArrayList<>();
    private long groupStart90k;
    private int groupBytes;

    AacElementaryStream(AacConfig config, PesPacketizer packets, PcrInserter pcr, TsClock clock) {
        this.packets = packets;
        this.pcr = pcr;
        this.clock = clock;
        this.config = config;
        this.adts = new Adts(AudioSpecificConfig.of(config));
        this.adtsHeader = new byte[adts.headerLength()];
    }

    @Override
    public TsPid pid() {
        return packets.pid();
    }

    @Override
    public int streamType() {
        return Psi.AAC_ADTS;
    }

    @Override
    public void begin() {
        packets.restart();
        clearGroup();
    }

    @Override
    public void write(AccessUnit unit) {
        Bytes frame = unit.payload();
        if (frame.isEmpty()) {
            return;
        }
        adts.requireFits(frame.length());
        int size = adtsHeader.length + frame.length();
        boolean follows = Math.abs(unit.pts90k() - groupStart90k - ticks(group.size())) <= MAX_ROUNDING_90K;
        if (!group.isEmpty() && (!follows || groupBytes + size > MAX_GROUP_BYTES)) {
            writeGroup();
        }
        if (group.isEmpty()) {
            groupStart90k = unit.pts90k();
        }
        group.add(frame);
        groupBytes += size;
        if (ticks(group.size() + 1) > MAX_GROUP_90K) {
            writeGroup();
        }
    }

    @Override
    public void finish() {
        if (!group.isEmpty()) {
            writeGroup();
        }
        packets.finish();
    }

    private void writeGroup() {
        long timestamp = clock.timestamp(groupStart90k);
        int headerSize = header.fill(timestamp, timestamp, groupBytes);
        packets.begin(headerSize + groupBytes, pcr.before(packets.pid(), groupStart90k, true));
        packets.put(header.array(), 0, headerSize);
        for (Bytes frame : group) {
            adts.writeHeader(frame.length(), adtsHeader, 0);
            packets.put(adtsHeader, 0, adtsHeader.length);
            packets.put(frame, 0, frame.length());
        }
        clearGroup();
    }

    private void clearGroup() {
        group.clear();
        groupBytes = 0;
    }

    private long ticks(int frames) {
        return frames * (long) config.samplesPerFrame() * Timebase.HZ / config.sampleRate();
    }
}

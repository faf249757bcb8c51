package lancaster.mpegts;

import java.util.ArrayList;
import java.util.List;
import lancaster.bytes.Bytes;
import lancaster.media.AccessUnit;

/** AAC in segments: frames that follow each other without a gap share a PES packet, at most 100 ms of them. */
final class AacElementaryStream implements ElementaryStream {
    private static final long MAX_GROUP_90K = 9_000;
    /** Far below what PES_packet_length can say. */
    private static final int MAX_GROUP_BYTES = 16_384;
    /** Sample clocks are rounded to ticks; more than this is a gap. */
    private static final long MAX_ROUNDING_90K = 2;

    private final PesPacketizer packets;
    private final PcrInserter pcr;
    private final AacPesPacket pes;
    private final List<Bytes> group = new ArrayList<>();
    private long groupStart90k;
    private int groupBytes;

    AacElementaryStream(AacPesPacket pes, PesPacketizer packets, PcrInserter pcr) {
        this.packets = packets;
        this.pcr = pcr;
        this.pes = pes;
    }

    @Override
    public TsPid pid() {
        return packets.pid();
    }

    @Override
    public int streamType() {
        return pes.streamType();
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
        int size = pes.frameSize(frame);
        boolean follows = Math.abs(unit.pts90k() - groupStart90k - pes.duration90k(group.size())) <= MAX_ROUNDING_90K;
        if (!group.isEmpty() && (!follows || groupBytes + size > MAX_GROUP_BYTES)) {
            writeGroup();
        }
        if (group.isEmpty()) {
            groupStart90k = unit.pts90k();
        }
        group.add(frame);
        groupBytes += size;
        if (pes.duration90k(group.size() + 1) > MAX_GROUP_90K) {
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
        pes.begin(group, groupStart90k);
        packets.write(pes, pcr.before(packets.pid(), groupStart90k, true));
        clearGroup();
    }

    private void clearGroup() {
        group.clear();
        groupBytes = 0;
    }
}

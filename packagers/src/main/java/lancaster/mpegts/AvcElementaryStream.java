package lancaster.mpegts;

import lancaster.media.AccessUnit;

/** H.264 in segments: each access unit is a PES packet. */
final class AvcElementaryStream implements ElementaryStream {
    private final PesPacketizer packets;
    private final PcrInserter pcr;
    private final PesPacket pes;

    AvcElementaryStream(PesPacket pes, PesPacketizer packets, PcrInserter pcr) {
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
    }

    @Override
    public void write(AccessUnit unit) {
        pes.begin(unit);
        packets.write(pes, pcr.before(packets.pid(), unit.dts90k(), unit.randomAccess()));
    }

    @Override
    public void finish() {
        packets.finish();
    }
}

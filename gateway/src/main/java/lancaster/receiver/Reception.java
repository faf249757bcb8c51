package lancaster.receiver;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import lancaster.bytes.Bytes;
import lancaster.media.MediaEvent;
import lancaster.mpegts.analysis.TsAnalyser;
import lancaster.mpegts.analysis.TsReport;
import lancaster.mpegts.demux.TsDemuxer;
import lancaster.mpegts.demux.TsDemuxerSettings;
import lancaster.mpegts.demux.TsDemuxerStats;
import lancaster.mpegts.demux.TsPacketHeader;
import lancaster.receiver.ReceptionPlan.Port;
import lancaster.rtp.RtpListener;
import lancaster.rtp.RtpPacket;
import lancaster.runloop.RunLoop;

/**
 * What happens to the datagrams of a stream: RTP is put in order and repaired, the transport stream is measured and taken
 * apart. Whether there are RTP headers is seen by the datagrams themselves. Owner: the multicast loop.
 */
final class Reception {
    /** As many as fit. */
    private static final int TS_PACKETS_A_DATAGRAM = 7;

    private final boolean rtp;
    private final List<PathState> paths = new ArrayList<>();
    private final TsDemuxer demuxer;
    private final TsAnalyser analyser;
    private final RtpInput ordered;
    private final SenderLock sender = new SenderLock();
    private byte[] scratch = new byte[0];
    private long foreign;
    private long unknown;

    /** The form that is received; the other one is foreign until this one is silent. */
    private DatagramForm form = DatagramForm.OTHER;

    private long formNs;

    Reception(ReceptionPlan plan, RunLoop loop, Consumer<MediaEvent> sink) {
        this.rtp = plan.rtp();
        TsDemuxerSettings defaults = TsDemuxerSettings.DEFAULTS;
        demuxer = new TsDemuxer(new TsDemuxerSettings(plan.program(), defaults.accessUnitLimitBytes()), sink);
        analyser = new TsAnalyser(demuxer);
        ordered = new RtpInput(plan.paths().size(), plan.payloadType(), loop, new Ordered());
        plan.paths().forEach(path -> paths.add(new PathState(loop.nowNs())));
    }

    /** @param data lent for the time of the call */
    void datagram(int path, Port port, ByteBuffer data, InetSocketAddress from, long arrivalNs) {
        if (port == Port.PARITY) {
            ordered.parity(Bytes.copyOf(data), arrivalNs);
            return;
        }
        int length = data.remaining();
        if (scratch.length < length) {
            scratch = new byte[Math.max(length, 2_048)];
        }
        data.get(scratch, 0, length);
        PathState state = paths.get(path);
        state.heard(from, arrivalNs);
        DatagramForm seen = DatagramForm.of(scratch, length);
        // In the middle of a TS packet that the datagram before has begun anything may stand.
        DatagramForm taken = seen == DatagramForm.OTHER ? (rtp ? DatagramForm.RTP : DatagramForm.TS) : seen;
        boolean fits = mayTake(taken, seen, arrivalNs);
        boolean ours = fits
                && (taken == DatagramForm.RTP
                        ? ordered.media(path, copy(length), arrivalNs)
                        : plain(length, from, arrivalNs));
        if (ours) {
            state.took(arrivalNs);
            form = taken;
            formNs = arrivalNs;
        } else if (seen == DatagramForm.OTHER) {
            unknown++;
        } else if (!fits || taken == DatagramForm.TS) {
            // What is foreign among packets of RTP is counted where their order is.
            foreign++;
        }
    }

    private boolean mayTake(DatagramForm taken, DatagramForm seen, long nowNs) {
        if (taken == form) {
            return true;
        }
        return seen != DatagramForm.OTHER && (form == DatagramForm.OTHER || nowNs - formNs > SenderLock.TAKEOVER_NS);
    }

    private Bytes copy(int length) {
        byte[] datagram = new byte[length];
        System.arraycopy(scratch, 0, datagram, 0, length);
        return Bytes.wrap(datagram);
    }

    private boolean plain(int length, InetSocketAddress from, long arrivalNs) {
        switch (sender.judge(from, arrivalNs)) {
            case FOREIGN -> {
                return false;
            }
            case TAKEN_OVER -> demuxer.restart();
            case OURS -> {}
        }
        analyser.datagram(scratch, 0, length, arrivalNs);
        return true;
    }

    /** Another second is over. */
    void second(long nowNs) {
        analyser.onTime(nowNs);
        ordered.second();
    }

    /** Nothing comes for the time being: gives on what may be complete. */
    void pause() {
        demuxer.flush();
        demuxer.restart();
    }

    void close() {
        ordered.close();
    }

    TsReport report() {
        return analyser.report();
    }

    TsDemuxerStats program() {
        return demuxer.stats();
    }

    RtpInput ordered() {
        return ordered;
    }

    List<PathState> paths() {
        return paths;
    }

    /** Who sends by the first way by which something comes. */
    Optional<InetSocketAddress> sender() {
        return paths.stream().flatMap(state -> state.from().stream()).findFirst();
    }

    /** The form of what is received; {@link DatagramForm#OTHER} before anything was. */
    DatagramForm form() {
        return form;
    }

    /** Datagrams of other senders than the one that is received. */
    long foreign() {
        return foreign + ordered.stats().foreignSources();
    }

    /** Datagrams that are no MPEG-TS in any form. */
    long unknown() {
        return unknown;
    }

    private final class Ordered implements RtpListener {
        @Override
        public void onPacket(RtpPacket packet, long arrivalNs) {
            packet.payload().writeTo((array, offset, length) -> analyser.datagram(array, offset, length, arrivalNs));
        }

        /** Continuity counters tell of 15 missing packets at most. */
        @Override
        public void onLost(int packets) {
            if (packets * TS_PACKETS_A_DATAGRAM >= TsPacketHeader.COUNTER_CYCLE) {
                demuxer.restart();
            }
        }

        @Override
        public void onRestart() {
            demuxer.restart();
        }
    }
}

package lancaster.rtmfp.session;

import java.net.InetSocketAddress;
import java.util.Optional;
import lancaster.bytes.Bytes;
import lancaster.rtmfp.flow.IncomingFlow;
import lancaster.rtmfp.packet.Acknowledgement;
import lancaster.rtmfp.packet.BufferProbe;
import lancaster.rtmfp.packet.Chunk;
import lancaster.rtmfp.packet.ChunkReader;
import lancaster.rtmfp.packet.FlowData;
import lancaster.rtmfp.packet.FlowExceptionReport;
import lancaster.rtmfp.packet.ForwardedInitiatorHello;
import lancaster.rtmfp.packet.MalformedPacketException;
import lancaster.rtmfp.packet.Ping;
import lancaster.rtmfp.packet.PingReply;
import lancaster.rtmfp.packet.SessionCloseAcknowledgement;
import lancaster.rtmfp.packet.SessionCloseRequest;
import lancaster.runloop.RunLoop;

/** Works on the packets of the far end of a session: brings each chunk to whom it is for (RFC 7016 §2.3). */
final class SessionReceiver {
    private final RunLoop loop;
    private final OpenSession session;
    private final SessionFlows flows;
    private final SessionSender sender;
    private final RttEstimator rtt;
    private final SessionLiveness liveness;
    private final SessionCounters counters;
    private boolean acknowledgements;
    private boolean userData;

    SessionReceiver(
            RunLoop loop,
            OpenSession session,
            SessionFlows flows,
            SessionSender sender,
            RttEstimator rtt,
            SessionLiveness liveness,
            SessionCounters counters) {
        this.loop = loop;
        this.session = session;
        this.flows = flows;
        this.sender = sender;
        this.rtt = rtt;
        this.liveness = liveness;
        this.counters = counters;
    }

    void onPacket(Bytes plain, int datagramBytes, InetSocketAddress from) {
        Optional<ChunkReader> reader = open(plain);
        // A packet with our own mark is one that we sent, thrown back at us (§2.2.4).
        if (reader.isEmpty() || reader.get().header().mode() != session.farMode()) {
            counters.droppedPackets++;
            return;
        }
        counters.receivedPackets++;
        counters.receivedBytes += datagramBytes;
        if (session.state() == SessionState.OPEN) {
            onPacketInOpen(reader.get(), from);
        } else {
            onPacketInClosing(reader.get());
        }
    }

    private Optional<ChunkReader> open(Bytes plain) {
        try {
            return Optional.of(new ChunkReader(plain));
        } catch (MalformedPacketException malformed) {
            return Optional.empty();
        }
    }

    private void onPacketInOpen(ChunkReader reader, InetSocketAddress from) {
        long nowNs = loop.nowNs();
        rtt.received(reader.header(), nowNs);
        liveness.heard(nowNs);
        sender.beforePacket(reader.header(), nowNs);
        acknowledgements = false;
        userData = false;
        while (session.state() == SessionState.OPEN && reader.advance()) {
            next(reader).ifPresent(chunk -> handle(chunk, from));
        }
        if (session.state() != SessionState.OPEN) {
            return;
        }
        if (acknowledgements) {
            sender.afterAcks(nowNs);
        }
        if (userData) {
            sender.acks().onDataPacket();
        }
        session.checkAddress(from);
        sender.flush();
    }

    private void onPacketInClosing(ChunkReader reader) {
        while (session.state() != SessionState.CLOSED && reader.advance()) {
            next(reader).ifPresent(this::handleClose);
        }
    }

    /** The chunk that the reader is at, unless it breaks the syntax. */
    private Optional<Chunk> next(ChunkReader reader) {
        try {
            return Optional.of(reader.chunk());
        } catch (MalformedPacketException malformed) {
            counters.malformedChunks++;
            return Optional.empty();
        }
    }

    private void handle(Chunk chunk, InetSocketAddress from) {
        if (chunk instanceof FlowData data) {
            userData = true;
            onData(data);
        } else if (chunk instanceof Acknowledgement ack) {
            acknowledgements = true;
            flows.sending(ack.flowId()).ifPresent(flow -> flow.onAck(ack));
        } else if (chunk instanceof Ping ping) {
            sender.sendTo(from, new PingReply(ping.message()));
        } else if (chunk instanceof PingReply reply) {
            session.onPingReply(reply.messageEcho(), from);
        } else if (chunk instanceof BufferProbe probe) {
            flows.receiving(probe.flowId()).ifPresent(IncomingFlow::onProbe);
        } else if (chunk instanceof FlowExceptionReport report) {
            flows.sending(report.flowId()).ifPresent(flow -> flow.onException(report.exception()));
            flows.changed();
        } else if (chunk instanceof ForwardedInitiatorHello hello) {
            session.onForwardedHello(hello);
        } else {
            handleClose(chunk);
        }
    }

    private void handleClose(Chunk chunk) {
        if (chunk instanceof SessionCloseRequest) {
            session.onCloseRequest();
        } else if (chunk instanceof SessionCloseAcknowledgement) {
            session.onCloseAcknowledgement();
        }
    }

    private void onData(FlowData data) {
        Optional<IncomingFlow> known = flows.receiving(data.flowId());
        if (known.isPresent()) {
            boolean wasOpen = known.get().isOpen();
            known.get().onData(data);
            if (wasOpen != known.get().isOpen()) {
                flows.changed();
            }
            return;
        }
        Optional<IncomingFlow> begun = flows.begin(data, session.listener());
        if (begun.isPresent()) {
            begun.get().onData(data);
            // The sender is to know soon that its options arrived (§3.6.3.1).
            begun.get().onProbe();
            flows.changed();
        }
    }
}

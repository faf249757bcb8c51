package lancaster.rtmfp.tc;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lancaster.bytes.Bytes;
import lancaster.kit.SimRunLoop;
import lancaster.rtmfp.crypto.FarCertificate;
import lancaster.rtmfp.flow.Priority;
import lancaster.rtmfp.flow.RecvFlow;
import lancaster.rtmfp.flow.SendFlow;
import lancaster.rtmfp.flow.SendFlowListener;
import lancaster.rtmfp.packet.ForwardedInitiatorHello;
import lancaster.rtmfp.session.CloseReason;
import lancaster.rtmfp.session.Session;
import lancaster.rtmfp.session.SessionListener;
import lancaster.rtmfp.session.SessionState;
import lancaster.rtmfp.session.SessionStats;
import org.jspecify.annotations.Nullable;

/** One of the two ends of a session without packets. */
final class FakeSession implements Session {
    private final SimRunLoop loop;
    private final boolean initiator;
    private @Nullable FakeSession far;
    private @Nullable SessionListener listener;
    /** Those that this end opened. */
    final List<FakeFlow> flows = new ArrayList<>();

    private boolean open = true;
    Duration keepalive = Duration.ZERO;

    FakeSession(SimRunLoop loop, boolean initiator) {
        this.loop = loop;
        this.initiator = initiator;
    }

    static void join(FakeSession one, FakeSession other) {
        one.far = other;
        other.far = one;
    }

    SimRunLoop loop() {
        return loop;
    }

    void announce(FakeFlow flow) {
        if (listener != null && open) {
            listener.onFlow(flow);
        }
    }

    private FakeSession far() {
        if (far == null) {
            throw new IllegalStateException("there is no other end");
        }
        return far;
    }

    private void end(CloseReason reason) {
        if (open) {
            open = false;
            flows.forEach(FakeFlow::end);
            far().flows.forEach(FakeFlow::end);
            if (listener != null) {
                listener.onClosed(reason);
            }
        }
    }

    @Override
    public SessionState state() {
        return open ? SessionState.OPEN : SessionState.CLOSED;
    }

    @Override
    public boolean isInitiator() {
        return initiator;
    }

    @Override
    public InetSocketAddress farAddress() {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 7}), 5000);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public FarCertificate farCertificate() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Bytes nearNonce() {
        return Bytes.EMPTY;
    }

    @Override
    public Bytes farNonce() {
        return Bytes.EMPTY;
    }

    @Override
    public void listener(SessionListener its) {
        listener = its;
    }

    @Override
    public SendFlow openFlow(Bytes metadata, Priority priority, SendFlowListener sender) {
        return open(metadata, priority, Optional.empty(), sender);
    }

    @Override
    public SendFlow openReturnFlow(RecvFlow inReturnTo, Bytes metadata, Priority priority, SendFlowListener sender) {
        return open(metadata, priority, Optional.of((FakeFlow) inReturnTo), sender);
    }

    private FakeFlow open(Bytes metadata, Priority priority, Optional<FakeFlow> answered, SendFlowListener sender) {
        FakeFlow flow = new FakeFlow(flows.size() + 2, metadata, priority, far(), answered, sender);
        flows.add(flow);
        return flow;
    }

    @Override
    public void forward(ForwardedInitiatorHello hello) {
        throw new UnsupportedOperationException("nobody is looked for through this session");
    }

    @Override
    public void ping(Runnable onReply) {
        loop.execute(onReply);
    }

    @Override
    public void keepalive(Duration period) {
        keepalive = period;
    }

    @Override
    public Duration roundTripTime() {
        return Duration.ofMillis(1);
    }

    @Override
    public SessionStats stats() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        loop.execute(() -> {
            end(CloseReason.NEAR_CLOSED);
            far().end(CloseReason.FAR_CLOSED);
        });
    }

    @Override
    public void abort() {
        close();
    }
}

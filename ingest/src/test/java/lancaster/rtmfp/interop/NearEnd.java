package lancaster.rtmfp.interop;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import lancaster.bytes.Bytes;
import lancaster.kit.Hex;
import lancaster.net.Loops;
import lancaster.net.NettyRunLoop;
import lancaster.net.Transport;
import lancaster.rtmfp.crypto.EndpointDiscriminator;
import lancaster.rtmfp.crypto.FlashCryptoProfile;
import lancaster.rtmfp.crypto.FlashSettings;
import lancaster.rtmfp.flow.Priority;
import lancaster.rtmfp.flow.RecvFlow;
import lancaster.rtmfp.flow.SendFlow;
import lancaster.rtmfp.flow.SendFlowListener;
import lancaster.rtmfp.net.UdpInterface;
import lancaster.rtmfp.packet.GoldenSession;
import lancaster.rtmfp.session.CloseReason;
import lancaster.rtmfp.session.OpenFailure;
import lancaster.rtmfp.session.OpenListener;
import lancaster.rtmfp.session.RtmfpEndpoint;
import lancaster.rtmfp.session.RtmfpSettings;
import lancaster.rtmfp.session.Session;
import lancaster.rtmfp.session.SessionListener;

/** Our endpoint on loopback; collects what flows bring. */
final class NearEnd implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 30;
    private static final Bytes CONTROL_FLOW = Hex.bytes("54430400");
    /** Message type, timestamp, name of the command and its transaction, which was 0 and is 1 here. */
    private static final Bytes CONNECT = Hex.bytes("1400000000 020007636f6e6e656374 003ff0000000000000");
    /** Where the command object is in the first captured packet. */
    private static final int COMMAND_OBJECT_AT = 43;

    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final Loops loops;
    private final NettyRunLoop loop;
    private final UdpInterface socket;
    private final CompletableFuture<RtmfpEndpoint> endpoint = new CompletableFuture<>();

    NearEnd(FlashSettings settings) throws Exception {
        Transport transport = Transport.best();
        loops = Loops.start(1, transport);
        loop = loops.multicast();
        socket = UdpInterface.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), transport, loop);
        SecureRandom random = new SecureRandom();
        FlashCryptoProfile profile = new FlashCryptoProfile(settings, random);
        loop.execute(() -> {
            RtmfpEndpoint made = new RtmfpEndpoint(
                    RtmfpSettings.DEFAULTS, loop, socket, profile, Runnable::run, random, this::collect);
            socket.listen(made::onDatagram);
            endpoint.complete(made);
        });
    }

    InetSocketAddress address() {
        return socket.localAddress();
    }

    /** Opens a session and sends a connect command as librtmfp sends it. */
    void connect(InetSocketAddress server) throws Exception {
        Bytes discriminator = EndpointDiscriminator.of("rtmfp://127.0.0.1:" + server.getPort() + "/live")
                .encoded();
        CompletableFuture<Session> opened = new CompletableFuture<>();
        RtmfpEndpoint made = endpoint.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        loop.execute(() -> made.open(discriminator, List.of(server), new OpenListener() {
            @Override
            public void onOpen(Session session) {
                collect(session);
                opened.complete(session);
            }

            @Override
            public void onFailed(OpenFailure failure) {
                opened.completeExceptionally(new IOException("not opened: " + failure));
            }
        }));
        Session session = opened.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        Bytes captured = Hex.bytes(GoldenSession.strings("plainAfterChecksum").get(0));
        Bytes connect = Bytes.concat(CONNECT, captured.slice(COMMAND_OBJECT_AT));
        loop.execute(() -> {
            SendFlow flow = session.openFlow(CONTROL_FLOW, Priority.IMMEDIATE, SendFlowListener.NONE);
            var unused = flow.write(connect);
        });
    }

    /** The next message of any flow, its bytes as Latin letters. */
    String nextMessage() throws InterruptedException {
        String message = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("no message came");
        }
        return message;
    }

    private void collect(Session session) {
        session.listener(new SessionListener() {
            @Override
            public void onFlow(RecvFlow flow) {
                flow.accept(message -> messages.add(new String(message.toArray(), StandardCharsets.ISO_8859_1)));
            }

            @Override
            public void onClosed(CloseReason reason) {
                messages.add("closed: " + reason);
            }
        });
    }

    @Override
    public void close() {
        loop.execute(() -> endpoint.getNow(null).close());
        socket.close();
        loops.close();
    }
}

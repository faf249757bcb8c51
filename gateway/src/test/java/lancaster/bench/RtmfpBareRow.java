package lancaster.bench;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.concurrent.atomic.LongAdder;
import lancaster.net.Loops;
import lancaster.net.NettyRunLoop;
import lancaster.net.Transport;
import lancaster.rtmfp.net.UdpInterface;

/**
 * The bare minimum of {@link RtmfpStackRow} for who sends in batches as it does: one loop with two sockets, that encrypts,
 * authenticates and sends datagrams, and receives, authenticates and decrypts them. As many go in a call to the kernel, and
 * come from one, as may there. Nothing is acknowledged but by what is sent next.
 */
final class RtmfpBareRow implements AutoCloseable {
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    /** Datagrams that leave in one turn. */
    private static final int BURST = 32;
    /** Bursts under way: while one is read the next is there. */
    private static final int BURSTS = 2;

    private static final double DRAIN_SECONDS = 0.1;

    private final Loops loops = Loops.start(1, Transport.best());
    private final NettyRunLoop loop = loops.rtmfp();
    private final RtmfpCipherRow ciphers = RtmfpCipherRow.withHmac();
    private final LongAdder arrived = new LongAdder();
    private final UdpInterface near;
    private final UdpInterface far;
    private boolean started;
    private int credit;

    RtmfpBareRow() throws Exception {
        near = UdpInterface.open(ANY, Transport.best(), loop);
        far = UdpInterface.open(ANY, Transport.best(), loop);
        loop.execute(() -> far.listen(this::onDatagram));
    }

    /** Datagrams that arrive in a second, over this time; before and after it nothing is sent. */
    double perSecond(double seconds) {
        loop.execute(() -> {
            started = true;
            credit = 0;
            send(BURST * BURSTS);
        });
        long before = arrived.sum();
        long beganNs = System.nanoTime();
        Machine.pause(seconds);
        double rate = (arrived.sum() - before) / ((System.nanoTime() - beganNs) / 1e9);
        loop.execute(() -> started = false);
        Machine.pause(DRAIN_SECONDS);
        return rate;
    }

    private void onDatagram(ByteBuffer datagram, InetSocketAddress from) {
        try {
            ciphers.bareOpen(datagram);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
        arrived.increment();
        if (started && ++credit >= BURST) {
            credit -= BURST;
            send(BURST);
        }
    }

    private void send(int count) {
        try {
            for (int i = 0; i < count; i++) {
                ByteBuffer sealed = ciphers.bareSeal();
                near.send(
                        sealed.array(),
                        sealed.arrayOffset() + sealed.position(),
                        sealed.remaining(),
                        far.localAddress(),
                        false);
            }
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        near.close();
        far.close();
        loops.close();
    }
}

package lancaster.rtmfp.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import lancaster.bytes.Bytes;
import lancaster.kit.NettyLeaks;
import lancaster.net.ListenException;
import lancaster.net.Loops;
import lancaster.net.NettyRunLoop;
import lancaster.net.Transport;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sockets of endpoints, on loopback. */
@ExtendWith(NettyLeaks.class)
class UdpInterfaceTest {
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private record Arrived(Bytes data, InetSocketAddress from) {}

    private final BlockingQueue<Arrived> arrived = new LinkedBlockingQueue<>();

    @ParameterizedTest
    @EnumSource
    void carriesDatagramsOfAllLengthsInOrder(Transport transport) throws Exception {
        try (Loops loops = Loops.start(1, transport)) {
            NettyRunLoop loop = loops.multicast();
            try (UdpInterface one = UdpInterface.open(ANY, transport, loop);
                    UdpInterface other = UdpInterface.open(ANY, transport, loop)) {
                loop.execute(() -> other.listen((data, from) -> arrived.add(new Arrived(Bytes.copyOf(data), from))));
                int[] lengths = {1_200, 1_200, 1_200, 40, 1_200, 1_200, 1_210, 12, 12, 4_000, 1};
                loop.execute(() -> {
                    for (int i = 0; i < lengths.length; i++) {
                        byte[] data = new byte[lengths[i] + 7];
                        Arrays.fill(data, (byte) i);
                        one.send(data, 7, lengths[i], other.localAddress(), i % 2 == 0);
                    }
                });
                for (int i = 0; i < lengths.length; i++) {
                    Arrived next = next();
                    assertEquals(lengths[i], next.data().length());
                    assertEquals(i, next.data().get(0));
                    assertEquals(one.localAddress(), next.from());
                }
                assertEquals(lengths.length, other.stats().receivedDatagrams());
                assertEquals(Arrays.stream(lengths).sum(), other.stats().receivedBytes());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void saysWhyItCannotListen(Transport transport) throws Exception {
        try (Loops loops = Loops.start(1, transport);
                UdpInterface first = UdpInterface.open(ANY, transport, loops.multicast())) {
            ListenException refused = assertThrows(
                    ListenException.class, () -> UdpInterface.open(first.localAddress(), transport, loops.multicast()));
            assertTrue(refused.getMessage().startsWith("rtmfp can't listen on 127.0.0.1:"), refused.getMessage());
        }
    }

    private Arrived next() throws InterruptedException {
        Arrived next = arrived.poll(60, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("a datagram was lost on loopback");
        }
        return next;
    }
}

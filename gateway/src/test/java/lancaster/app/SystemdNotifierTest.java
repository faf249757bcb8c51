package lancaster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainDatagramPacket;
import io.netty.channel.unix.DomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import lancaster.kit.Requirement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class SystemdNotifierTest {
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    @TempDir
    Path folder;

    private MultiThreadIoEventLoopGroup loop;

    @BeforeEach
    void needsEpoll() {
        if (!Epoll.isAvailable()) {
            throw Requirement.missing("epoll");
        }
        loop = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    }

    @AfterEach
    void stops() {
        loop.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /** A socket as systemd has one; how it is called in the environment. */
    private String listen(boolean isAbstract) {
        String name = folder.resolve("notify").toString();
        EpollDomainDatagramChannel channel = new EpollDomainDatagramChannel();
        channel.pipeline().addLast(new SimpleChannelInboundHandler<DomainDatagramPacket>() {
            @Override
            protected void channelRead0(ChannelHandlerContext context, DomainDatagramPacket packet) {
                ByteBuf content = packet.content();
                heard.add(content.toString(StandardCharsets.UTF_8));
            }
        });
        EventLoop eventLoop = loop.next();
        eventLoop.register(channel).syncUninterruptibly();
        channel.bind(new DomainSocketAddress(isAbstract ? '\0' + name : name)).syncUninterruptibly();
        return isAbstract ? '@' + name : name;
    }

    private String next() throws InterruptedException {
        return heard.poll(10, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void saysWhatTheServiceDoes(boolean isAbstract) throws InterruptedException {
        try (SystemdNotifier systemd = SystemdNotifier.open(Map.of("NOTIFY_SOCKET", listen(isAbstract)))) {
            systemd.ready("2 streams\non air");
            assertEquals("READY=1\nSTATUS=2 streams on air\n", next());
            long beforeUs = System.nanoTime() / 1000;
            systemd.reloading();
            String reloading = next();
            assertTrue(reloading.startsWith("RELOADING=1\nMONOTONIC_USEC="), reloading);
            long atUs = Long.parseLong(reloading.strip().substring(reloading.lastIndexOf('=') + 1));
            assertTrue(atUs >= beforeUs && atUs <= System.nanoTime() / 1000);
            systemd.stopping();
            assertEquals("STOPPING=1\nSTATUS=stopping\n", next());
        }
    }

    @Test
    void theWatchdogIsFedWhileTheGatewayIsAlive() throws InterruptedException {
        AtomicBoolean alive = new AtomicBoolean(true);
        Map<String, String> environment = Map.of(
                "NOTIFY_SOCKET",
                listen(false),
                "WATCHDOG_USEC",
                "200000",
                "WATCHDOG_PID",
                Long.toString(ProcessHandle.current().pid()));
        try (SystemdNotifier systemd = SystemdNotifier.open(environment)) {
            systemd.watch(alive::get, () -> "fine");
            for (int i = 0; i < 3; i++) {
                assertEquals("WATCHDOG=1\nSTATUS=fine\n", next());
            }
            alive.set(false);
            // One may have been under way.
            heard.poll(100, TimeUnit.MILLISECONDS);
            assertNull(heard.poll(200, TimeUnit.MILLISECONDS), "four times its period");
            alive.set(true);
            assertEquals("WATCHDOG=1\nSTATUS=fine\n", next());
        }
    }

    @Test
    void aWatchdogOfAnotherProcessIsNotFed() throws InterruptedException {
        Map<String, String> environment =
                Map.of("NOTIFY_SOCKET", listen(false), "WATCHDOG_USEC", "200000", "WATCHDOG_PID", "1");
        try (SystemdNotifier systemd = SystemdNotifier.open(environment)) {
            systemd.watch(() -> true, () -> "fine");
            assertEquals("STATUS=fine\n", next());
        }
    }

    @Test
    void withoutSystemdNothingHappens() {
        List<Map<String, String>> environments = List.of(
                Map.of(), Map.of("NOTIFY_SOCKET", folder.resolve("missing").toString()));
        for (Map<String, String> environment : environments) {
            try (SystemdNotifier systemd = SystemdNotifier.open(environment)) {
                systemd.ready("ready");
                systemd.watch(() -> true, () -> "fine");
                systemd.stopping();
            }
        }
        assertNull(heard.poll());
    }
}

package lancaster.app;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd how the service does, by datagrams to the socket that it names (sd_notify(3)). Where it names none
 * everything here is without effect. Any thread may call; the socket has a loop of its own, so that a loop that hangs
 * keeps nobody from saying so.
 */
public final class SystemdNotifier implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SystemdNotifier.class);

    private static final String SOCKET = "NOTIFY_SOCKET";
    private static final String WATCHDOG_US = "WATCHDOG_USEC";
    private static final String WATCHDOG_PID = "WATCHDOG_PID";
    /** sd_watchdog_enabled(3) asks for half the time at most; one look that comes late must not matter. */
    private static final int SIGNS_A_WATCHDOG = 4;

    private static final long STATUS_PERIOD_US = TimeUnit.SECONDS.toMicros(5);
    private static final long SEND_TIMEOUT_MS = 1_000;

    private final Optional<Socket> socket;
    private final long watchdogUs;

    private record Socket(IoEventLoopGroup loop, Channel channel) {}

    private SystemdNotifier(Optional<Socket> socket, long watchdogUs) {
        this.socket = socket;
        this.watchdogUs = watchdogUs;
    }

    /** {@code environment} stands for {@link System#getenv()}. */
    public static SystemdNotifier open(Map<String, String> environment) {
        String path = environment.getOrDefault(SOCKET, "");
        if (path.isEmpty()) {
            return new SystemdNotifier(Optional.empty(), 0);
        }
        return new SystemdNotifier(connect(path), watchdogUs(environment));
    }

    /** It takes streams. */
    public void ready(String status) {
        sendNow("READY=1\n" + statusLine(status));
    }

    /** It reads its configuration anew; {@link #ready} follows. */
    public void reloading() {
        // sd_notify(3) wants CLOCK_MONOTONIC, which is what the virtual machine counts by on Linux.
        sendNow("RELOADING=1\nMONOTONIC_USEC=" + TimeUnit.NANOSECONDS.toMicros(System.nanoTime()));
    }

    public void stopping() {
        sendNow("STOPPING=1\n" + statusLine("stopping"));
    }

    /** What {@code systemctl status} shows. */
    public void status(String text) {
        send(statusLine(text));
    }

    /**
     * From now on, and until this is closed, feeds systemd's watchdog while {@code alive} says so, and shows what
     * {@code status} says.
     */
    public void watch(BooleanSupplier alive, Supplier<String> status) {
        socket.ifPresent(open -> {
            boolean watched = watchdogUs > 0;
            long periodUs = watched ? watchdogUs / SIGNS_A_WATCHDOG : STATUS_PERIOD_US;
            var unused = open.channel()
                    .eventLoop()
                    .scheduleAtFixedRate(
                            () -> {
                                if (!watched || alive.getAsBoolean()) {
                                    send((watched ? "WATCHDOG=1\n" : "") + statusLine(status.get()));
                                }
                            },
                            0,
                            Math.max(1, periodUs),
                            TimeUnit.MICROSECONDS);
        });
    }

    @Override
    public void close() {
        socket.ifPresent(open -> {
            Future<?> end = open.loop().shutdownGracefully(0, SEND_TIMEOUT_MS, TimeUnit.MILLISECONDS);
            end.awaitUninterruptibly(SEND_TIMEOUT_MS);
        });
    }

    private static String statusLine(String text) {
        return "STATUS=" + text.replace('\n', ' ');
    }

    /** What systemd waits for has left when this returns. */
    private void sendNow(String message) {
        send(message).ifPresent(sent -> sent.awaitUninterruptibly(SEND_TIMEOUT_MS));
    }

    private Optional<Future<?>> send(String message) {
        return socket.map(open -> open.channel()
                .writeAndFlush(Unpooled.copiedBuffer(message + '\n', StandardCharsets.UTF_8))
                .addListener(sent -> {
                    if (!sent.isSuccess()) {
                        LOG.warn("systemd can't be told cause=\"{}\"", sent.cause());
                    }
                }));
    }

    private static Optional<Socket> connect(String path) {
        if (!Epoll.isAvailable()) {
            // Without it the service never becomes ready: the one who reads the journal should know why.
            LOG.error("systemd can't be told cause=\"Netty's epoll can't be had: {}\"", Epoll.unavailabilityCause());
            return Optional.empty();
        }
        IoEventLoopGroup loop = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("systemd", true), EpollIoHandler.newFactory());
        EpollDomainDatagramChannel channel = new EpollDomainDatagramChannel();
        channel.pipeline().addLast(new ChannelInboundHandlerAdapter());
        // An @ stands for the zero byte that begins the name of an abstract socket (unix(7)).
        DomainSocketAddress address = new DomainSocketAddress(path.startsWith("@") ? '\0' + path.substring(1) : path);
        try {
            EventLoop eventLoop = loop.next();
            eventLoop.register(channel).syncUninterruptibly();
            channel.connect(address).syncUninterruptibly();
            return Optional.of(new Socket(loop, channel));
        } catch (Exception e) {
            LOG.warn("systemd can't be told socket={} cause=\"{}\"", path, e);
            var unused = loop.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
            return Optional.empty();
        }
    }

    /** 0 if systemd doesn't watch this process (sd_watchdog_enabled(3)). */
    private static long watchdogUs(Map<String, String> environment) {
        String pid = environment.getOrDefault(WATCHDOG_PID, "");
        if (!pid.isEmpty() && !pid.equals(Long.toString(ProcessHandle.current().pid()))) {
            return 0;
        }
        try {
            return Long.parseLong(environment.getOrDefault(WATCHDOG_US, "0"));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}

package lancaster.multicast.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Sends a run of datagrams by one plain write(2), on a socket that knows whom it sends to and after how many bytes the
 * kernel is to cut (udp(7), UDP_SEGMENT): no route is looked up and no message built for what is always the same. Owner:
 * the multicast loop.
 */
final class RunWriter {
    private static final int SOL_UDP = 17;
    private static final IntegerUnixChannelOption UDP_SEGMENT =
            new IntegerUnixChannelOption("LANCASTER_UDP_SEGMENT", SOL_UDP, 103);

    private final DatagramChannel channel;
    private final FileDescriptor socket;
    /** After so many bytes the kernel cuts, 0: never. */
    private int cutBytes;

    private RunWriter(DatagramChannel channel) {
        this.channel = channel;
        this.socket = ((UnixChannel) channel).fd();
    }

    /** Of an epoll socket that is bound; empty where it can't be connected (its interface is down, say). */
    static Optional<RunWriter> of(DatagramChannel channel, InetSocketAddress recipient) {
        return channel.connect(recipient).isSuccess() ? Optional.of(new RunWriter(channel)) : Optional.empty();
    }

    /**
     * Whether the kernel took it; false: its buffer is full.
     *
     * @throws IOException where the kernel refuses
     */
    boolean write(byte[] array, int offset, int length, int segmentBytes) throws IOException {
        boolean isRun = length > segmentBytes;
        if (isRun ? cutBytes != segmentBytes : cutBytes != 0 && length > cutBytes) {
            cut(isRun ? segmentBytes : 0);
        }
        ByteBuf data = channel.alloc().directBuffer(length, length).writeBytes(array, offset, length);
        try {
            return socket.write(data.internalNioBuffer(0, length), 0, length) > 0;
        } catch (IOException e) {
            if (isRun) {
                // Whoever can't have them cut would refuse shorter ones too.
                cut(0);
            }
            throw e;
        } finally {
            data.release();
        }
    }

    private void cut(int bytes) {
        channel.config().setOption(UDP_SEGMENT, bytes);
        cutBytes = bytes;
    }
}

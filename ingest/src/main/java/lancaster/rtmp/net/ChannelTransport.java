package lancaster.rtmp.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import lancaster.rtmp.play.SharedChunks;
import lancaster.rtmp.session.RtmpTransport;

/** A socket channel as the transport of a connection. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails closes the channel, and that is what we act upon
final class ChannelTransport implements RtmpTransport {
    private final SocketChannel channel;
    private boolean unflushed;

    ChannelTransport(SocketChannel channel) {
        this.channel = channel;
    }

    @Override
    public void write(int maxBytes, Consumer<ByteBuffer> writer) {
        if (!channel.isActive() || channel.isOutputShutdown()) {
            return;
        }
        ByteBuf buffer = channel.alloc().directBuffer(maxBytes, maxBytes);
        ByteBuffer space = buffer.internalNioBuffer(0, maxBytes);
        int from = space.position();
        writer.accept(space);
        buffer.writerIndex(space.position() - from);
        channel.write(buffer, channel.voidPromise());
        unflushed = true;
    }

    @Override
    public void write(ByteBuffer shared) {
        if (channel.isActive() && !channel.isOutputShutdown()) {
            channel.write(Unpooled.wrappedBuffer(shared), channel.voidPromise());
            unflushed = true;
        }
    }

    @Override
    public void write(SharedChunks chunks, int from, int count) {
        if (channel.isActive() && !channel.isOutputShutdown()) {
            channel.write(((PooledChunks) chunks).slice(from, count), channel.voidPromise());
            unflushed = true;
        }
    }

    @Override
    public void flush() {
        if (unflushed) {
            unflushed = false;
            channel.flush();
        }
    }

    @Override
    public long pendingBytes() {
        return channel.unsafe().outboundBuffer() == null
                ? 0
                : channel.unsafe().outboundBuffer().totalPendingWriteBytes();
    }

    @Override
    public long unsentBytes() {
        return KernelQueue.unsentBytes(channel);
    }

    @Override
    public void whenTaken(Runnable task) {
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener((ChannelFutureListener) written -> {
            if (written.isSuccess()) {
                // Netty still counts it as pending while it tells.
                channel.eventLoop().execute(task);
            }
        });
    }

    @Override
    public void finish() {
        unflushed = false;
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener((ChannelFutureListener) written -> {
            SslHandler tls = channel.pipeline().get(SslHandler.class);
            if (tls == null) {
                channel.shutdownOutput();
            } else {
                // Without a last word of TLS the end could be somebody else's doing (RFC 8446 §6.1).
                tls.closeOutbound().addListener(closed -> channel.shutdownOutput());
            }
        });
    }

    @Override
    public void close() {
        channel.close();
    }
}

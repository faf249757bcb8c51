package lancaster.rtmp.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import lancaster.rtmp.session.RtmpServerConnection;
import lancaster.rtmp.session.RtmpServerContext;
import org.jspecify.annotations.Nullable;

/** Netty's side of an {@link RtmpServerConnection}: lends it each buffer for the length of one call. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails closes the channel, and that is what we act upon
final class RtmpServerHandler extends ChannelInboundHandlerAdapter {
    private final RtmpServerContext context;
    private @Nullable RtmpServerConnection connection;

    RtmpServerHandler(RtmpServerContext context) {
        this.context = context;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        if (context.isFull()) {
            context.counters().onTurnedAway();
            ctx.close();
            return;
        }
        SocketChannel channel = (SocketChannel) ctx.channel();
        InetSocketAddress remote = channel.remoteAddress();
        context.counters().onAccepted();
        connection = new RtmpServerConnection(context, new ChannelTransport(channel), () -> text(remote));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf buffer = (ByteBuf) message;
        try {
            if (connection != null) {
                connection.onBytes(buffer.internalNioBuffer(buffer.readerIndex(), buffer.readableBytes()));
            }
        } finally {
            buffer.release();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (connection != null) {
            context.counters().onClosed();
            connection.onClosed();
            connection = null;
        }
    }

    /** Resets and broken pipes: the peer is gone. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }

    private static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
    }
}

package lancaster.rtmp.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import lancaster.rtmp.session.RtmpClientConnection;

/** Netty's side of a {@link RtmpClientConnection}: lends it each buffer for the length of one call. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails closes the channel, and that is what we act upon
final class RtmpClientHandler extends ChannelInboundHandlerAdapter {
    private final RtmpClientConnection connection;
    private String why = "the server closed the connection";

    RtmpClientHandler(RtmpClientConnection connection) {
        this.connection = connection;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        connection.onConnected();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf buffer = (ByteBuf) message;
        try {
            connection.onBytes(buffer.internalNioBuffer(buffer.readerIndex(), buffer.readableBytes()));
        } finally {
            buffer.release();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (ctx.channel().isWritable()) {
            connection.onWritable();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        connection.onClosed(why);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake && !handshake.isSuccess()) {
            why = "TLS failed: " + handshake.cause().getMessage();
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!why.startsWith("TLS failed")) {
            why = "the connection broke: " + cause.getMessage();
        }
        ctx.close();
    }
}

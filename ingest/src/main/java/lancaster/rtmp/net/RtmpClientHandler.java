package lancaster.rtmp.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import lancaster.rtmp.session.RtmpClientConnection;

/** Netty's side of a {@link RtmpClientConnection}: lends it each buffer for the length of one call. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails closes the channel, and that is what we act upon
final class RtmpClientHandler extends ChannelInboundHandlerAdapter {
    private final RtmpClientConnection session;
    private String why = "the server closed the connection";

    RtmpClientHandler(RtmpClientConnection session) {
        this.session = session;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        session.onConnected();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf buffer = (ByteBuf) message;
        try {
            session.onBytes(buffer.internalNioBuffer(buffer.readerIndex(), buffer.readableBytes()));
        } finally {
            buffer.release();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (ctx.channel().isWritable()) {
            session.onWritable();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        session.onClosed(why);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        why = "the connection broke: " + cause.getMessage();
        ctx.close();
    }
}

package lancaster.rtmp.session;

import java.util.function.Consumer;
import lancaster.bytes.Bytes;
import lancaster.flv.FlvDemuxer;
import lancaster.media.MediaEvent;
import lancaster.rtmp.message.NetStatus;
import lancaster.stream.CloseReason;
import lancaster.stream.EndReason;
import lancaster.stream.PublisherControl;
import org.jspecify.annotations.Nullable;

/** One command {@code publish} and what became of it: asked, then perhaps live, in the end over. */
final class Publishing implements PublishReply, PublisherControl {
    private final RtmpServerSession session;
    private final int messageStreamId;
    private final String name;

    private @Nullable FlvDemuxer demuxer;
    private Consumer<EndReason> end = reason -> {};
    private boolean over;

    /** @param name the stream's name as the client gave it, which it repeats when it stops */
    Publishing(RtmpServerSession session, int messageStreamId, String name) {
        this.session = session;
        this.messageStreamId = messageStreamId;
        this.name = name;
    }

    int messageStreamId() {
        return messageStreamId;
    }

    String name() {
        return name;
    }

    @Override
    public void accept(Consumer<MediaEvent> media, Consumer<EndReason> newEnd) {
        if (over) {
            newEnd.accept(EndReason.LOST);
        } else if (demuxer == null) {
            demuxer = new FlvDemuxer(media);
            end = newEnd;
            session.onAccepted(this);
        }
    }

    @Override
    public void refuse(NetStatus code, String description) {
        if (!over && demuxer == null) {
            over = true;
            session.onRefused(this, code, description);
        }
    }

    /** From any thread. */
    @Override
    public void close(CloseReason reason) {
        session.execute(() -> {
            if (!over) {
                session.onClosedByStream(this, reason);
            }
        });
    }

    /** False where nothing is live yet. */
    boolean onMedia(int messageType, long timestampMs, Bytes payload) {
        FlvDemuxer live = demuxer;
        if (live == null || over) {
            return false;
        }
        live.demux(messageType, timestampMs, payload);
        return true;
    }

    void end(EndReason reason) {
        if (!over) {
            over = true;
            if (demuxer != null) {
                session.onMediaFaults(demuxer.faults().total());
            }
            end.accept(reason);
        }
    }
}

package lancaster.rtmp.session;

import java.util.function.Consumer;
import lancaster.media.MediaEvent;
import lancaster.rtmp.message.NetStatus;
import lancaster.stream.EndReason;
import lancaster.stream.Publication;

/** The answer to a {@link PublishRequest}; only the first one counts. */
public interface PublishReply {
    default void accept(Publication publication) {
        accept(publication::publish, publication::end);
    }

    /** Media events go to {@code media}, and {@code end} is told once that there will be no more. */
    void accept(Consumer<MediaEvent> media, Consumer<EndReason> end);

    /** @param description a sentence that encoders show to people */
    void refuse(NetStatus code, String description);
}

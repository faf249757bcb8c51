package lancaster.netconnection;

import java.util.Optional;
import lancaster.amf.AmfObject;
import lancaster.rtmp.message.NetStatus;

/**
 * Something happened to a connection or a stream (RTMP §7.2.2).
 *
 * @param code such as {@code NetStream.Play.Start}; servers have codes that {@link NetStatus} doesn't know
 * @param error whether its level is {@code error}
 * @param description for people; may be empty
 * @param info all that was said
 * @param stream of a connection's events, the stream that they are about
 */
public record NetStatusEvent(
        String code, boolean error, String description, AmfObject info, Optional<NetStream> stream) {
    static NetStatusEvent of(AmfObject info) {
        return new NetStatusEvent(
                info.string("code").orElse(""),
                info.string("level").orElse("").equals("error"),
                info.string("description").orElse(""),
                info,
                Optional.empty());
    }

    static NetStatusEvent of(NetStatus status, String description) {
        return of(status.toInformation(description).build());
    }

    NetStatusEvent about(NetStream its) {
        return new NetStatusEvent(code, error, description, info, Optional.of(its));
    }

    public boolean is(NetStatus status) {
        return code.equals(status.code());
    }

    /** For people: the description, or the code where there is none. */
    @Override
    public String toString() {
        return description.isEmpty() ? code : code + ": " + description;
    }
}

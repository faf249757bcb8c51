package lancaster.api;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lancaster.output.MulticastOutput;
import lancaster.output.MulticastOutputStats;
import lancaster.output.MulticastOutputs;
import lancaster.receiver.Receivers;
import lancaster.receiver.ReceptionStats;
import lancaster.receiver.Silence;
import lancaster.stream.LiveStream;
import lancaster.stream.StreamPath;
import lancaster.stream.StreamRegistry;
import lancaster.stream.StreamStats;

/**
 * Tells what has changed since it looked last: streams that came, wait or ended, outputs and receivers in another state.
 * Owner: whoever calls {@link #look}, each second.
 */
public final class StatusWatch {
    /**
     * What is compared.
     *
     * @param target what there is one of, of a stream; empty where there is but one
     * @param state in words; another one is an event
     * @param body of that event
     */
    private record Status(String type, String stream, String target, String state, Json.Body body) {}

    /** More that is compared. */
    public interface Source {
        void tell(Statuses now);
    }

    /** Takes what is now. */
    public interface Statuses {
        /**
         * @param type of the event where it changes
         * @param target what there is one of, of a stream: an address
         * @param reason for people; where only that changes it is no event
         */
        void add(String type, StreamPath stream, String target, String state, String reason);
    }

    private final StreamRegistry streams;
    private final MulticastOutputs multicasts;
    private final Receivers receivers;
    private final List<Source> more;
    private final Events events;
    private Map<String, Status> before = new HashMap<>();

    public StatusWatch(
            StreamRegistry streams,
            MulticastOutputs multicasts,
            Receivers receivers,
            List<Source> more,
            Events events) {
        this.streams = streams;
        this.multicasts = multicasts;
        this.receivers = receivers;
        this.more = List.copyOf(more);
        this.events = events;
    }

    public void look() {
        Map<String, Status> now = new HashMap<>();
        for (LiveStream stream : streams.live()) {
            now.put("stream " + stream.path(), stream(stream.stats()));
        }
        for (MulticastOutput output : multicasts.all()) {
            now.put("multicast " + output.path(), multicast(output.stats()));
        }
        for (ReceptionStats stats : receivers.all()) {
            now.put("receiver " + stats.path(), receiver(stats));
        }
        more.forEach(source -> source.tell((type, stream, target, state, reason) ->
                now.put(type + ' ' + stream + ' ' + target, other(type, stream, target, state, reason))));
        now.forEach((key, status) -> {
            Status old = before.get(key);
            if (old == null || !old.state().equals(status.state())) {
                events.tell(status.type(), status.body());
            }
        });
        before.forEach((key, old) -> {
            if (!now.containsKey(key)) {
                events.tell(old.type(), json -> {
                    json.writeStringField("stream", old.stream());
                    if (!old.target().isEmpty()) {
                        json.writeStringField("target", old.target());
                    }
                    json.writeStringField("state", "ended");
                });
            }
        });
        before = now;
    }

    private static Status stream(StreamStats stats) {
        String publisher = stats.publisher()
                .map(one -> one.info().remoteAddress() + one.since())
                .orElse("");
        String state = stats.publisher().isPresent() ? "live" : "waiting";
        return new Status("stream", stats.path().toString(), "", state + publisher, json -> {
            json.writeStringField("stream", stats.path().toString());
            json.writeStringField("state", state);
            if (stats.publisher().isPresent()) {
                json.writeStringField("from", stats.publisher().get().info().remoteAddress());
                json.writeStringField("encoder", stats.publisher().get().info().encoder());
            }
        });
    }

    private static Status other(String type, StreamPath stream, String target, String state, String reason) {
        return new Status(type, stream.toString(), target, state, json -> {
            json.writeStringField("stream", stream.toString());
            json.writeStringField("target", target);
            json.writeStringField("state", state);
            json.writeStringField("reason", reason);
        });
    }

    private static Status multicast(MulticastOutputStats stats) {
        String state = stats.state().name().toLowerCase(java.util.Locale.ROOT);
        return new Status("multicast", stats.path().toString(), "", state + stats.reason(), json -> {
            json.writeStringField("stream", stats.path().toString());
            json.writeStringField("state", state);
            json.writeStringField("reason", stats.reason());
        });
    }

    private static Status receiver(ReceptionStats stats) {
        String silence = stats.ways().stream()
                .flatMap(way -> way.silence().stream())
                .map(Silence::cause)
                .map(Enum::name)
                .findFirst()
                .orElse("");
        String text = stats.ways().stream()
                .flatMap(way -> way.silence().stream())
                .map(Silence::text)
                .findFirst()
                .orElse("");
        String state = stats.live() ? "live" : "waiting";
        return new Status("receiver", stats.path().toString(), "", state + silence, json -> {
            json.writeStringField("stream", stats.path().toString());
            json.writeStringField("state", state);
            json.writeStringField("reason", text);
        });
    }
}

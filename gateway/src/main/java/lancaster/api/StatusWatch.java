package lancaster.api;

import java.util.HashMap;
import java.util.Map;
import lancaster.output.MulticastOutput;
import lancaster.output.MulticastOutputStats;
import lancaster.output.MulticastOutputs;
import lancaster.receiver.Receivers;
import lancaster.receiver.ReceptionStats;
import lancaster.receiver.Silence;
import lancaster.stream.LiveStream;
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
     * @param state in words; another one is an event
     * @param body of that event
     */
    private record Status(String type, String state, Json.Body body) {}

    private final StreamRegistry streams;
    private final MulticastOutputs multicasts;
    private final Receivers receivers;
    private final Events events;
    private Map<String, Status> before = new HashMap<>();

    public StatusWatch(StreamRegistry streams, MulticastOutputs multicasts, Receivers receivers, Events events) {
        this.streams = streams;
        this.multicasts = multicasts;
        this.receivers = receivers;
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
        now.forEach((key, status) -> {
            Status old = before.get(key);
            if (old == null || !old.state().equals(status.state())) {
                events.tell(status.type(), status.body());
            }
        });
        before.forEach((key, old) -> {
            if (!now.containsKey(key)) {
                String stream = key.substring(key.indexOf(' ') + 1);
                events.tell(old.type(), json -> {
                    json.writeStringField("stream", stream);
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
        return new Status("stream", state + publisher, json -> {
            json.writeStringField("stream", stats.path().toString());
            json.writeStringField("state", state);
            if (stats.publisher().isPresent()) {
                json.writeStringField("from", stats.publisher().get().info().remoteAddress());
                json.writeStringField("encoder", stats.publisher().get().info().encoder());
            }
        });
    }

    private static Status multicast(MulticastOutputStats stats) {
        String state = stats.state().name().toLowerCase(java.util.Locale.ROOT);
        return new Status("multicast", state + stats.reason(), json -> {
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
        return new Status("receiver", state + silence, json -> {
            json.writeStringField("stream", stats.path().toString());
            json.writeStringField("state", state);
            json.writeStringField("reason", text);
        });
    }
}

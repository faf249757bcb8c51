package lancaster.api;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import lancaster.access.Role;
import lancaster.output.PackagingControl;
import lancaster.stream.LiveStream;
import lancaster.stream.StreamRegistry;

/** What goes out of a live stream as files over HTTP: HLS and HDS, each stopped and started by hand. */
public record PackagingRoutes(StreamRegistry streams, PackagingControl hls, PackagingControl hds) implements Routes {
    private static final String STREAM = "/api/v1/streams/{stream...}/";

    @Override
    public List<Route> routes() {
        return List.of(
                read("hls", "Whether a stream goes out as HLS", hls),
                start("hls", "Start the HLS of a stream", hls),
                stop("hls", "Stop the HLS of a stream; what is listed stays for its time", hls),
                read("hds", "Whether a stream goes out as HDS", hds),
                start("hds", "Start the HDS of a stream", hds),
                stop("hds", "Stop the HDS of a stream; what is listed stays for its time", hds));
    }

    private Route read(String format, String summary, PackagingControl control) {
        return new Route(
                "GET", STREAM + format, Role.VIEW, summary, Handler.now(request -> state(live(request), control)));
    }

    private Route start(String format, String summary, PackagingControl control) {
        return new Route("POST", STREAM + format, Role.OPERATE, summary, request -> {
            LiveStream stream = live(request);
            CompletionStage<Boolean> started = control.start(stream);
            return started.thenApply(begun -> {
                if (!begun) {
                    throw ApiException.conflict(
                            "The configuration has switched it off for this stream: " + format + ": none.");
                }
                return state(stream, control);
            });
        });
    }

    private Route stop(String format, String summary, PackagingControl control) {
        return new Route("DELETE", STREAM + format, Role.OPERATE, summary, request -> {
            LiveStream stream = live(request);
            return control.stop(stream).thenApply(done -> state(stream, control));
        });
    }

    private LiveStream live(ApiRequest request) {
        return streams.find(request.stream()).orElseThrow(() -> ApiException.notFound("This stream isn't live."));
    }

    private static ApiResponse state(LiveStream stream, PackagingControl control) {
        return ApiResponse.json(json -> {
            json.writeStringField("stream", stream.path().toString());
            json.writeStringField("state", word(control.state(stream.path())));
        });
    }

    static String word(PackagingControl.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}

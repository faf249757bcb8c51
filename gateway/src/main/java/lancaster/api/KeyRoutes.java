package lancaster.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import lancaster.access.KeyFile;
import lancaster.access.KeySource;
import lancaster.access.KeyStore;
import lancaster.access.Role;
import lancaster.stream.StreamPath;

/**
 * The keys that publishing needs. A key is shown to administrators alone, when one is made or asked for by name, as the
 * fields that encoders have.
 *
 * @param sources where the key of a stream comes from; empty for a stream that isn't configured
 * @param control may read and write files
 */
public record KeyRoutes(
        KeyStore store, Function<StreamPath, Optional<KeySource>> sources, PublishAddress address, Executor control)
        implements Routes {
    private static final String KEYS = "/api/v1/keys";
    private static final String DEFAULT = KEYS + "/default";
    private static final String ONE = KEYS + "/{stream...}";
    private static final Duration GRACE = Duration.ofDays(1);
    private static final Duration LONGEST_GRACE = Duration.ofDays(30);
    private static final String GRACE_MEMBER = "graceSeconds";

    @Override
    public List<Route> routes() {
        return List.of(
                new Route("GET", KEYS, Role.OPERATE, "Which keys there are, without the keys", on(this::all)),
                new Route("GET", DEFAULT, Role.ADMINISTER, "The default key", on(this::showDefault)),
                new Route("POST", DEFAULT, Role.ADMINISTER, "Make a default key", on(this::createDefault)),
                new Route("POST", DEFAULT + "/rotate", Role.ADMINISTER, "Replace it", on(this::rotateDefault)),
                new Route("DELETE", DEFAULT, Role.ADMINISTER, "Revoke it at once", on(this::revokeDefault)),
                new Route("GET", ONE, Role.ADMINISTER, "The key of a stream", on(this::show)),
                new Route("POST", ONE, Role.ADMINISTER, "Make a key for a stream", on(this::create)),
                new Route(
                        "POST",
                        ONE + "/rotate",
                        Role.ADMINISTER,
                        "Replace the key of a stream; the old one stays good for a while",
                        on(this::rotate)),
                new Route("DELETE", ONE, Role.ADMINISTER, "Revoke the key of a stream at once", on(this::revoke)));
    }

    private interface Work {
        ApiResponse on(ApiRequest request) throws IOException;
    }

    private Handler on(Work work) {
        return Handler.on(control, request -> {
            try {
                return work.on(request);
            } catch (IOException e) {
                // Its message names the file and holds no key.
                throw ApiException.conflict("The key file can't be used: " + e.getMessage());
            }
        });
    }

    private ApiResponse all(ApiRequest request) throws IOException {
        List<Optional<StreamPath>> owners = new ArrayList<>();
        if (Files.exists(store.file(Optional.empty()))) {
            owners.add(Optional.empty());
        }
        store.streams().forEach(stream -> owners.add(Optional.of(stream)));
        return ApiResponse.json(json -> {
            json.writeArrayFieldStart("keys");
            for (Optional<StreamPath> owner : owners) {
                json.writeStartObject();
                json.writeBooleanField("default", owner.isEmpty());
                if (owner.isPresent()) {
                    json.writeStringField("stream", owner.get().toString());
                }
                state(json, owner);
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    /** A file that can't be read hides no others. */
    private void state(JsonGenerator json, Optional<StreamPath> owner) throws IOException {
        Optional<KeyFile> file = Optional.empty();
        try {
            file = store.find(owner);
        } catch (IOException e) {
            json.writeStringField("problem", String.valueOf(e.getMessage()));
        }
        if (file.isPresent()) {
            replaced(json, file.get());
        }
    }

    private ApiResponse showDefault(ApiRequest request) throws IOException {
        return answer(200, request, Optional.empty(), existing(Optional.empty()));
    }

    private ApiResponse createDefault(ApiRequest request) throws IOException {
        return made(request, Optional.empty(), store.file(Optional.empty()));
    }

    private ApiResponse rotateDefault(ApiRequest request) throws IOException {
        existing(Optional.empty());
        return answer(200, request, Optional.empty(), store.rotate(store.file(Optional.empty()), grace(request)));
    }

    private ApiResponse revokeDefault(ApiRequest request) throws IOException {
        existing(Optional.empty());
        Files.deleteIfExists(store.file(Optional.empty()));
        return ApiResponse.noContent();
    }

    /** The key that is good for the stream, wherever it is kept. */
    private ApiResponse show(ApiRequest request) throws IOException {
        Optional<StreamPath> stream = Optional.of(request.stream());
        KeySource source = source(request.stream());
        if (source instanceof KeySource.InFile kept) {
            return answer(200, request, stream, KeyFile.read(kept.file()));
        }
        checkStored(source);
        Optional<KeyFile> own = store.find(stream);
        return answer(200, request, stream, own.isPresent() ? own.get() : existing(Optional.empty()));
    }

    private ApiResponse create(ApiRequest request) throws IOException {
        return made(request, Optional.of(request.stream()), file(request.stream()));
    }

    private ApiResponse rotate(ApiRequest request) throws IOException {
        Path file = file(request.stream());
        if (!Files.exists(file)) {
            throw noKey();
        }
        return answer(200, request, Optional.of(request.stream()), store.rotate(file, grace(request)));
    }

    private ApiResponse revoke(ApiRequest request) throws IOException {
        if (!Files.deleteIfExists(file(request.stream()))) {
            throw noKey();
        }
        return ApiResponse.noContent();
    }

    private ApiResponse made(ApiRequest request, Optional<StreamPath> stream, Path file) throws IOException {
        if (Files.exists(file)) {
            throw ApiException.conflict("There is a key already; rotate replaces it.");
        }
        return answer(201, request, stream, store.create(file));
    }

    private KeyFile existing(Optional<StreamPath> stream) throws IOException {
        return store.find(stream).orElseThrow(() -> ApiException.notFound("There is no default key."));
    }

    private static ApiException noKey() {
        return ApiException.notFound("This stream has no key of its own; the default key is good for it.");
    }

    private KeySource source(StreamPath stream) {
        return sources.apply(stream)
                .orElseThrow(() -> ApiException.notFound("This gateway has no such stream configured."));
    }

    private Path file(StreamPath stream) {
        KeySource source = source(stream);
        if (source instanceof KeySource.InFile kept) {
            return kept.file();
        }
        checkStored(source);
        return store.file(Optional.of(stream));
    }

    private static void checkStored(KeySource source) {
        if (source instanceof KeySource.Open) {
            throw ApiException.conflict("This stream needs no key: the configuration says key: none.");
        }
        if (!(source instanceof KeySource.Stored)) {
            throw ApiException.conflict(
                    "The configuration itself says what the key of this stream is; change it there.");
        }
    }

    private static Duration grace(ApiRequest request) {
        JsonNode body = Json.read(request.body());
        for (Map.Entry<String, JsonNode> member : body.properties()) {
            String name = member.getKey();
            if (!name.equals(GRACE_MEMBER)) {
                throw ApiException.unprocessable(List.of(name + " isn't known here; there is " + GRACE_MEMBER));
            }
        }
        JsonNode grace = body.path(GRACE_MEMBER);
        if (grace.isMissingNode()) {
            return GRACE;
        }
        boolean good = grace.isIntegralNumber()
                && grace.canConvertToLong()
                && grace.longValue() >= 0
                && grace.longValue() <= LONGEST_GRACE.toSeconds();
        if (!good) {
            throw ApiException.unprocessable(
                    List.of(GRACE_MEMBER + " must be a whole number from 0 to " + LONGEST_GRACE.toSeconds()));
        }
        return Duration.ofSeconds(grace.longValue());
    }

    private ApiResponse answer(int status, ApiRequest request, Optional<StreamPath> stream, KeyFile file) {
        return ApiResponse.json(status, json -> {
            json.writeStringField("key", file.current());
            if (stream.isPresent()) {
                json.writeStringField("stream", stream.get().toString());
                address.write(json, request, stream.get(), file.current());
            }
            replaced(json, file);
        });
    }

    /** Until when keys are good that were replaced. */
    private static void replaced(JsonGenerator json, KeyFile file) throws IOException {
        json.writeArrayFieldStart("replacedGoodUntil");
        for (KeyFile.Key key : file.keys()) {
            if (key.until().isPresent()) {
                json.writeString(key.until().get().toString());
            }
        }
        json.writeEndArray();
    }
}

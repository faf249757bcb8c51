package lancaster.interop;

import java.util.List;

/** One good call of each operation, in an order in which all of them succeed while {@link #STREAM} is published. */
final class ApiCalls {
    static final String STREAM = "live/townhall";
    /** In its place comes the one-time secret of the gateway. */
    static final String SECRET = "ONE-TIME-SECRET";

    /** The first server that a stream is sent on to. */
    private static final String TARGET = "1";

    /**
     * @param operation its path in the description of the API
     * @param path with values
     * @param body empty for none
     */
    record Call(String method, String operation, String path, String body) {}

    /** What the gateway is started with. */
    static final String CONFIG =
            """
            streams:
              "*/*": { key: none }
              live/townhall: { key: none, republish: "rtmp://127.0.0.1:9/live/townhall" }
              "keyed/*": { hls: { window: 5 } }
            """;

    private ApiCalls() {}

    static List<Call> all() {
        return List.of(
                get("/api/v1/openapi.json"),
                get("/api/v1/statistics"),
                get("/api/v1/streams"),
                ofStream("GET", "/api/v1/streams/{stream}", ""),
                ofStream("GET", "/api/v1/streams/{stream}/history", ""),
                get("/api/v1/publications"),
                ofStream("GET", "/api/v1/streams/{stream}/publication", ""),
                get("/api/v1/receivers"),
                get("/api/v1/multicasts"),
                ofStream("GET", "/api/v1/multicasts/{stream}", ""),
                ofStream("POST", "/api/v1/multicasts/{stream}/check", "{\"address\": \"239.128.0.1:5004\"}"),
                ofStream(
                        "POST",
                        "/api/v1/multicasts/{stream}",
                        "{\"interface\": \"lo\", \"ttl\": 1, \"fec\": {\"columns\": 5, \"rows\": 5},"
                                + " \"duplicate\": {\"address\": \"239.255.7.8:6004\", \"interface\": \"lo\", \"ttl\": 1}}"),
                ofStream("GET", "/api/v1/multicasts/{stream}", ""),
                ofStream("GET", "/api/v1/streams/{stream}", ""),
                ofStream("PATCH", "/api/v1/multicasts/{stream}", "{\"fec\": \"none\", \"duplicate\": \"none\"}"),
                ofStream("DELETE", "/api/v1/multicasts/{stream}", ""),
                get("/api/v1/keys"),
                get("/api/v1/keys/default"),
                new Call("POST", "/api/v1/keys/default/rotate", "/api/v1/keys/default/rotate", "{\"graceSeconds\": 5}"),
                new Call("DELETE", "/api/v1/keys/default", "/api/v1/keys/default", ""),
                new Call("POST", "/api/v1/keys/default", "/api/v1/keys/default", ""),
                ofKeyed("POST", "/api/v1/keys/{stream}"),
                ofKeyed("GET", "/api/v1/keys/{stream}"),
                ofKeyed("POST", "/api/v1/keys/{stream}/rotate"),
                get("/api/v1/keys"),
                ofKeyed("DELETE", "/api/v1/keys/{stream}"),
                get("/api/v1/republishers"),
                ofStream("GET", "/api/v1/republishers/{stream}", ""),
                new Call(
                        "DELETE",
                        "/api/v1/republishers/{stream}/targets/{id}",
                        "/api/v1/republishers/" + STREAM + "/targets/" + TARGET,
                        ""),
                new Call(
                        "POST",
                        "/api/v1/republishers/{stream}/targets/{id}",
                        "/api/v1/republishers/" + STREAM + "/targets/" + TARGET,
                        ""),
                ofStream("GET", "/api/v1/streams/{stream}/hls", ""),
                ofStream("DELETE", "/api/v1/streams/{stream}/hls", ""),
                ofStream("POST", "/api/v1/streams/{stream}/hls", ""),
                ofStream("GET", "/api/v1/streams/{stream}/hds", ""),
                ofStream("DELETE", "/api/v1/streams/{stream}/hds", ""),
                ofStream("POST", "/api/v1/streams/{stream}/hds", ""),
                get("/api/v1/pulls"),
                get("/api/v1/config"),
                call("POST", "/api/v1/config/check", "{\"text\": \"streams: { live/x: { lingr: 1s } }\"}"),
                call("PATCH", "/api/v1/config", "{\"streams\": {\"keyed/*\": {\"linger\": \"21s\"}}}"),
                get("/api/v1/config/versions"),
                ofVersion("GET", "/api/v1/config/versions/{version}"),
                ofVersion("POST", "/api/v1/config/versions/{version}/restore"),
                call(
                        "PUT",
                        "/api/v1/config",
                        "{\"text\": \"" + CONFIG.replace("\"", "\\\"").replace("\n", "\\n") + "\"}"),
                call("POST", "/api/v1/config/reload", ""),
                get("/api/v1/me"),
                post("/api/v1/accounts", "{\"name\": \"ben\", \"role\": \"view\", \"password\": \"a good password\"}"),
                get("/api/v1/accounts"),
                ofName("PATCH", "/api/v1/accounts/{name}", "{\"role\": \"operate\"}"),
                ofName("DELETE", "/api/v1/accounts/{name}", ""),
                post(
                        "/api/v1/first-login",
                        "{\"secret\": \"" + SECRET + "\", \"name\": \"anna\", \"password\": \"a good password\"}"),
                new Call(
                        "PUT",
                        "/api/v1/me/password",
                        "/api/v1/me/password",
                        "{\"old\": \"a good password\", \"new\": \"a better password\"}"),
                post("/api/v1/login", "{\"name\": \"anna\", \"password\": \"a better password\"}"),
                post("/api/v1/logout", ""),
                post("/api/v1/tokens", "{\"name\": \"ben\", \"role\": \"view\", \"validSeconds\": 60}"),
                get("/api/v1/tokens"),
                ofName("DELETE", "/api/v1/tokens/{name}", ""),
                ofName(
                        "PUT",
                        "/api/v1/peers/{name}",
                        "{\"peerId\": \"" + "5a".repeat(32) + "\", \"validSeconds\": 60}"),
                ofName("GET", "/api/v1/peers/{name}", ""),
                get("/api/v1/peers"),
                ofName("DELETE", "/api/v1/peers/{name}", ""),
                get("/api/v1/audit"),
                get("/api/v1/doctor"),
                new Call("POST", "/api/v1/doctor", "/api/v1/doctor", ""),
                get("/api/v1/log"),
                get("/api/v1/events"),
                ofStream("DELETE", "/api/v1/streams/{stream}/publication", ""));
    }

    private static Call post(String path, String body) {
        return new Call("POST", path, path, body);
    }

    private static Call ofName(String method, String operation, String body) {
        return new Call(method, operation, operation.replace("{name}", "ben"), body);
    }

    private static Call get(String path) {
        return new Call("GET", path, path, "");
    }

    private static Call call(String method, String path, String body) {
        return new Call(method, path, path, body);
    }

    private static Call ofVersion(String method, String operation) {
        return new Call(method, operation, operation.replace("{version}", "latest"), "");
    }

    private static Call ofStream(String method, String operation, String body) {
        return new Call(method, operation, operation.replace("{stream}", STREAM), body);
    }

    /** A stream that needs a key; the other one needs none. */
    private static Call ofKeyed(String method, String operation) {
        return new Call(method, operation, operation.replace("{stream}", "keyed/townhall"), "");
    }
}

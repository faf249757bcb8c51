package lancaster.api;

import java.util.Map;
import java.util.Optional;
import lancaster.access.Caller;
import lancaster.access.Principal;
import lancaster.bytes.Bytes;
import lancaster.bytes.ProtocolException;
import lancaster.stream.StreamPath;

/**
 * What is asked.
 *
 * @param method in capitals; GET for HEAD
 * @param path as it came, decoded but for the slashes that were written {@code %2F}
 * @param variables of the route's template, decoded
 * @param query each parameter once
 * @param headers those that handlers may look at, by their names in lower case
 * @param caller who asks, and how
 */
public record ApiRequest(
        String method,
        String path,
        Map<String, String> variables,
        Map<String, String> query,
        Map<String, String> headers,
        Bytes body,
        Caller caller) {
    public ApiRequest(
            String method,
            String path,
            Map<String, String> variables,
            Map<String, String> query,
            Map<String, String> headers,
            Bytes body,
            Principal who) {
        this(method, path, variables, query, headers, body, new Caller(who, "127.0.0.1:0", false, Optional.empty()));
    }

    public Principal who() {
        return caller.who();
    }

    /** The variable of a template that names a stream. */
    public static final String STREAM = "stream";

    public ApiRequest {
        variables = Map.copyOf(variables);
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
    }

    ApiRequest withVariables(Map<String, String> matched) {
        return new ApiRequest(method, path, matched, query, headers, body, caller);
    }

    /** A variable that the route's template has. */
    public String variable(String name) {
        String value = variables.get(name);
        if (value == null) {
            throw new IllegalArgumentException("this route has no variable " + name);
        }
        return value;
    }

    /** The stream that the path names. */
    public StreamPath stream() {
        try {
            return StreamPath.parse(variable(STREAM));
        } catch (ProtocolException e) {
            throw ApiException.badRequest("The path names no stream: " + e.getMessage());
        }
    }

    public Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name));
    }

    /** @param name in lower case */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** A parameter that is a whole number from {@code least} to {@code most}; {@code otherwise} where it isn't given. */
    public long number(String name, long otherwise, long least, long most) {
        String text = query.get(name);
        if (text == null) {
            return otherwise;
        }
        if (text.matches("[0-9]{1,18}")) {
            long value = Long.parseLong(text);
            if (value >= least && value <= most) {
                return value;
            }
        }
        throw ApiException.badRequest(name + " must be a whole number from " + least + " to " + most + ".");
    }
}

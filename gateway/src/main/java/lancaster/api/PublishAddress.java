package lancaster.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import lancaster.stream.StreamPath;

/**
 * Where encoders publish, in the words of their forms.
 *
 * @param rtmpPort where RTMP is listened for
 */
public record PublishAddress(int rtmpPort) {
    private static final int DEFAULT_PORT = 1935;
    private static final String LOCALHOST = "localhost";

    /** The fields of OBS, by the name that the caller used for this box. */
    void write(JsonGenerator json, ApiRequest request, StreamPath stream, String key) throws IOException {
        String server = "rtmp://" + host(request) + (rtmpPort == DEFAULT_PORT ? "" : ":" + rtmpPort) + "/"
                + stream.application();
        String name = stream.name() + "?key=" + key;
        json.writeObjectFieldStart("obs");
        json.writeStringField("server", server);
        json.writeStringField("streamKey", name);
        json.writeEndObject();
        json.writeStringField("url", server + "/" + name);
    }

    private static String host(ApiRequest request) {
        String host = request.header("host").orElse(LOCALHOST);
        int colon = host.lastIndexOf(':');
        return colon > host.indexOf(']') ? host.substring(0, colon) : host;
    }
}

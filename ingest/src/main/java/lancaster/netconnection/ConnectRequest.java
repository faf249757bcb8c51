package lancaster.netconnection;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import lancaster.amf.AmfObject;
import lancaster.amf.AmfValue;
import lancaster.rtmp.session.ClientCapabilities;

/** What {@code connect} tells a server (RTMP §7.2.1.1). */
final class ConnectRequest {
    private ConnectRequest() {}

    /**
     * @param uri of the application: {@code rtmfp://HOST[:PORT]/APP[/INSTANCE]}
     * @throws IllegalArgumentException if it isn't one
     */
    static List<AmfValue> arguments(String uri, String flashVer, AmfValue... more) {
        AmfObject.Builder object = AmfObject.builder().put("app", app(uri));
        ClientCapabilities.describe(object, flashVer);
        object.put("tcUrl", uri).put("objectEncoding", 0);
        List<AmfValue> arguments = new ArrayList<>(List.of(new AmfValue.Obj(object.build())));
        arguments.addAll(List.of(more));
        return arguments;
    }

    private static String app(String uri) {
        try {
            URI parsed = new URI(uri);
            if ("rtmfp".equals(parsed.getScheme()) && parsed.getHost() != null) {
                return parsed.getRawPath().replaceAll("/+", "/").replaceAll("^/|/$", "")
                        + (parsed.getRawQuery() == null ? "" : "?" + parsed.getRawQuery());
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("\"" + uri + "\" is no URI: " + e.getReason(), e);
        }
        throw new IllegalArgumentException("\"" + uri + "\" isn't rtmfp://HOST/APP");
    }
}

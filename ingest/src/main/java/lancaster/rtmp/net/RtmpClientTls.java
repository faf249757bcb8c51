package lancaster.rtmp.net;

import io.netty.handler.ssl.SslHandler;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import lancaster.rtmp.session.RtmpUrl;

/**
 * TLS below RTMP for clients: the server must show that it is the host that was asked for (RFC 9110 §4.3.4).
 *
 * @param context knows which authorities count; asked for when it is needed first, for it takes its time
 * @param handshakes where the work of handshakes is done
 */
public record RtmpClientTls(Supplier<SSLContext> context, Executor handshakes) {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    /** With the authorities that Java knows. */
    public static RtmpClientTls ofSystem(Executor handshakes) {
        return new RtmpClientTls(
                () -> {
                    try {
                        return SSLContext.getDefault();
                    } catch (NoSuchAlgorithmException e) {
                        throw new IllegalStateException(e);
                    }
                },
                handshakes);
    }

    SslHandler handler(RtmpUrl url, int timeoutMs) {
        // IPv6 without its brackets, as certificates have it.
        String host = url.host().replaceAll("[\\[\\]]", "");
        SSLEngine engine = context.get().createSSLEngine(host, url.port());
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(PROTOCOLS);
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
        SslHandler handler = new SslHandler(engine, handshakes);
        handler.setHandshakeTimeoutMillis(timeoutMs);
        return handler;
    }
}

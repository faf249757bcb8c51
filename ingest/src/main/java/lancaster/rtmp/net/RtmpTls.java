package lancaster.rtmp.net;

import java.util.List;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;

/**
 * TLS below RTMP: RTMPS.
 *
 * @param handshakes where the work of handshakes is done, so that a flood of them doesn't keep a loop from its streams
 */
public record RtmpTls(SSLContext context, List<String> protocols, List<String> ciphers, Executor handshakes) {}

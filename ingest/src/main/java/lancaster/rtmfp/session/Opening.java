package lancaster.rtmfp.session;

import java.net.InetSocketAddress;

/** A session on its way to be open (RFC 7016 §3.5.1.1.1). On the loop of its endpoint. */
public interface Opening {
    SessionState state();

    /** Tries this address too; nothing happens if keying has begun or there are as many as are allowed. */
    void addCandidate(InetSocketAddress address);

    /** Gives it up; the listener hears nothing more. */
    void cancel();
}

package lancaster.api;

import lancaster.bytes.Bytes;

/**
 * An answer without end. Belongs to the thread that sends it; it is opened once and closed once, whatever happens.
 */
public interface Feed {
    /** @param wake called, from any thread, when {@link #next} may have something again */
    void open(Runnable wake);

    /** What has come; empty if nothing has. */
    Bytes next();

    /** Shows that the connection lives while nothing comes. */
    Bytes heartbeat();

    void close();
}

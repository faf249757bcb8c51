package lancaster.netconnection;

import java.util.List;
import lancaster.amf.AmfValue;

/** What a connection tells, on its loop. */
@FunctionalInterface
public interface NetConnectionListener {
    /**
     * {@code NetConnection.Connect.*}: of {@code Success}, {@code Rejected}, {@code Failed} and {@code Closed} the last one
     * is told once and ends it. {@code NetStream.Connect.*} are about a stream between peers.
     */
    void onNetStatus(NetStatusEvent event);

    /** The server calls a method of the client. */
    default void onCall(String name, List<AmfValue> arguments) {}
}

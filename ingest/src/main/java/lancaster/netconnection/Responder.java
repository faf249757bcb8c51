package lancaster.netconnection;

import lancaster.amf.AmfObject;
import lancaster.amf.AmfValue;

/** Takes the answer to a call (RTMP §7.2.1.2): one of both, once. */
@FunctionalInterface
public interface Responder {
    /** For calls that want no answer. */
    Responder NONE = result -> {};

    void onResult(AmfValue result);

    /** The call failed; {@code info} is empty where the connection ended before. */
    default void onStatus(AmfObject info) {}
}

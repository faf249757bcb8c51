package lancaster.netconnection;

import java.util.List;
import lancaster.amf.AmfValue;
import lancaster.flv.FlvMessage;

/** What a stream tells, on the loop of its connection. */
public interface NetStreamListener {
    /** For those who need not know. */
    NetStreamListener NONE = new NetStreamListener() {};

    /** {@code NetStream.Play.*}, {@code NetStream.Publish.*} and the like; of streams between peers {@code NetStream.Connect.*} too. */
    default void onNetStatus(NetStatusEvent event) {}

    /** Sound, a picture or data, as it came. */
    default void onMedia(FlvMessage message) {}

    /** The publisher's {@code send}, such as {@code onMetaData}; it came to {@link #onMedia} too. */
    default void onData(String handler, List<AmfValue> values) {}

    /** Some of what was sent has arrived. */
    default void onWritable() {}

    /** A peer wants to play what is published here; whether it may. */
    default boolean onPeerConnect(Subscriber subscriber) {
        return true;
    }
}

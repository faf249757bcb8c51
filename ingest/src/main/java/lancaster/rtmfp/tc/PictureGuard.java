package lancaster.rtmfp.tc;

import lancaster.rtmp.chunk.RawMessage;
import lancaster.rtmp.message.MessageType;

/**
 * Holds back what can't be decoded: where a sender gave up a picture, those that follow are of no use up to the next key
 * frame. What is missing in a flow that carries sound as well may be sound. Owner: the loop of the endpoint.
 */
final class PictureGuard {
    private boolean sounds;
    private boolean broken;

    /** Something is missing here. */
    void onGap() {
        broken = !sounds;
    }

    /** Whether {@code message} is of use. */
    boolean admits(RawMessage message) {
        if (message.typeId() == MessageType.AUDIO) {
            sounds = true;
            broken = false;
        } else if (message.typeId() == MessageType.VIDEO && broken) {
            Worth worth = Worth.of(message);
            broken = worth != Worth.KEY;
            return worth != Worth.INTER;
        }
        return true;
    }
}

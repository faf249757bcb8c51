package lancaster.netconnection;

import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.flv.FlvMessage;

/** Sound and pictures with numbers in them. */
final class SimMedia {
    private static final int AAC = 0xAF;
    private static final int AVC_KEY = 0x17;
    private static final int AVC_INTER = 0x27;
    private static final int FRAME = 1;
    private static final int NUMBER_AT = 5;

    private SimMedia() {}

    static FlvMessage soundConfiguration() {
        return new FlvMessage(FlvMessage.AUDIO, 0, Bytes.of(AAC, 0, 0x11, 0x90));
    }

    static FlvMessage pictureConfiguration() {
        return new FlvMessage(FlvMessage.VIDEO, 0, Bytes.of(AVC_KEY, 0, 0, 0, 0, 1, 100, 0, 31));
    }

    static FlvMessage sound(int number, long timestampMs, int bytes) {
        return new FlvMessage(FlvMessage.AUDIO, timestampMs, frame(AAC, number, bytes));
    }

    static FlvMessage key(int number, long timestampMs, int bytes) {
        return new FlvMessage(FlvMessage.VIDEO, timestampMs, frame(AVC_KEY, number, bytes));
    }

    static FlvMessage inter(int number, long timestampMs, int bytes) {
        return new FlvMessage(FlvMessage.VIDEO, timestampMs, frame(AVC_INTER, number, bytes));
    }

    private static Bytes frame(int first, int number, int bytes) {
        ByteWriter out = new ByteWriter(bytes);
        out.u8(first).u8(FRAME).u8(0).u8(0).u8(0).u32(number);
        return out.bytes(Bytes.wrap(new byte[bytes - NUMBER_AT - Integer.BYTES]))
                .bytes();
    }

    static boolean isFrame(FlvMessage message) {
        return message.payload().u8(1) == FRAME;
    }

    static int number(FlvMessage message) {
        return (int) message.payload().u32(NUMBER_AT);
    }
}

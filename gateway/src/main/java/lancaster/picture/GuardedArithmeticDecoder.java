package lancaster.picture;

import java.nio.ByteBuffer;
import org.jcodec.codecs.common.biari.MDecoder;

/**
 * jcodec's arithmetic decoder (ITU-T H.264 §9.3.1.2), which reads zeros for ever behind the end of its data, with an end
 * to that: a broken slice must fail, and not keep its thread.
 */
final class GuardedArithmeticDecoder extends MDecoder {
    /** It reads ahead by two bytes at most. */
    private static final int MAX_BYTES_BEHIND_END = 16;

    private final ByteBuffer data;
    private int bytesBehindEnd;

    GuardedArithmeticDecoder(ByteBuffer data, int[][] models) {
        super(data, models);
        this.data = data;
    }

    @Override
    protected void readOneByte() {
        // The constructor above us reads before there is a field to look at.
        if (data != null && !data.hasRemaining() && ++bytesBehindEnd > MAX_BYTES_BEHIND_END) {
            throw new IllegalStateException("the slice goes on behind its end");
        }
        super.readOneByte();
    }
}

package lancaster.interop;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import lancaster.bytes.Bytes;
import lancaster.flv.FlvDemuxer;
import lancaster.kit.Hex;
import lancaster.media.AccessUnit;
import lancaster.media.MediaEvent;
import lancaster.publisher.MediaSource;
import lancaster.rtmp.message.MessageType;

/**
 * Something like video at 3 Mbit/s, without end: 25 pictures a second, a key frame every second, and in each picture its
 * number.
 */
final class NumberedPictures implements MediaSource {
    static final int GROUP = 25;

    private static final int FRAME_MS = 40;
    private static final int PICTURE_BYTES = 15_000;
    private static final int NUMBER_AT = 5;
    /** A sequence header of H.264, 160 x 90. */
    private static final Bytes HEADER = Hex.bytes("17 00 000000 01 64000b ff"
            + "e1 0018 6764000bacb4146fc980880000030008000003019078a155 01 0005 68ef021cb0 fdf8f800");

    private final Queue<MediaEvent> events = new ArrayDeque<>();
    private final FlvDemuxer demuxer = new FlvDemuxer(events::add);
    private final AtomicInteger made = new AtomicInteger();

    @Override
    public Optional<MediaEvent> next() {
        while (events.isEmpty()) {
            int number = made.getAndIncrement();
            if (number == 0) {
                demuxer.demux(MessageType.VIDEO, 0, HEADER);
            }
            demuxer.demux(MessageType.VIDEO, (long) number * FRAME_MS, picture(number));
        }
        return Optional.of(events.remove());
    }

    /** How many pictures there have been. */
    int made() {
        return made.get();
    }

    static int number(AccessUnit picture) {
        return picture.payload().i32(NUMBER_AT);
    }

    private static Bytes picture(int number) {
        boolean key = number % GROUP == 0;
        byte[] bytes = new byte[PICTURE_BYTES];
        bytes[0] = (byte) (key ? 0x17 : 0x27);
        bytes[1] = 1;
        int length = bytes.length - 9;
        for (int i = 0; i < 4; i++) {
            bytes[5 + i] = (byte) (length >> (24 - 8 * i));
            bytes[10 + i] = (byte) (number >> (24 - 8 * i));
        }
        bytes[9] = (byte) (key ? 0x65 : 0x41);
        return Bytes.wrap(bytes);
    }
}

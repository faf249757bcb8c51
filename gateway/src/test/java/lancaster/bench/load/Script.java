package lancaster.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An FLV file as RTMP messages that are cut into chunks beforehand and lie in direct buffers, shared by all publishers:
 * sending one costs a header and a write.
 */
final class Script {
    private static final int AUDIO = 8;
    private static final int VIDEO = 9;
    private static final int DATA = 18;
    private static final int TAG_HEADER_BYTES = 11;
    private static final int FRAME_MS = 33;

    /** One message: its body with the headers of its continuations, and the {@link Identity} of its frame. */
    record Message(int type, int timestampMs, int length, long identity, ByteBuffer chunks) {
        boolean isPicture() {
            return type == VIDEO;
        }

        int chunkStream() {
            return type == VIDEO ? 6 : 4;
        }
    }

    private final List<Message> setup = new ArrayList<>();
    private final List<Message> media = new ArrayList<>();

    private Script() {}

    static Script read(Path flv) throws IOException {
        byte[] file = Files.readAllBytes(flv);
        Script script = new Script();
        // Continuations add at most one byte in 4096; twice that and a little is always room enough.
        ByteBuffer room = ByteBuffer.allocateDirect(file.length + file.length / (Chunks.SIZE / 2) + Chunks.SIZE);
        ByteBuffer in = ByteBuffer.wrap(file, 9 + 4, file.length - 9 - 4);
        while (in.remaining() > TAG_HEADER_BYTES) {
            int type = in.get() & 31;
            int length = threeBytes(in);
            int timestampMs = threeBytes(in) | (in.get() << 24);
            in.position(in.position() + 3);
            if (in.remaining() < length) {
                break;
            }
            script.add(type, timestampMs, file, in.position(), length, room);
            in.position(in.position() + length + 4);
        }
        return script;
    }

    private static int threeBytes(ByteBuffer in) {
        return ((in.getShort() & 0xffff) << 8) | (in.get() & 0xff);
    }

    private void add(int type, int timestampMs, byte[] file, int offset, int length, ByteBuffer room) {
        boolean avc = type == VIDEO && (file[offset] & 15) == 7;
        boolean aac = type == AUDIO && ((file[offset] >> 4) & 15) == 10;
        if (type == DATA) {
            byte[] body = new byte[length];
            System.arraycopy(file, offset, body, 0, length);
            byte[] wrapped = new Amf().string("@setDataFrame").raw(body).bytes();
            setup.add(message(DATA, 0, 0, wrapped, 0, wrapped.length, ByteBuffer.allocateDirect(wrapped.length + 64)));
        } else if ((avc || aac) && file[offset + 1] == 0) {
            setup.add(message(type, 0, 0, file, offset, length, room));
        } else if (aac || (avc && file[offset + 1] == 1)) {
            long identity = avc
                    ? Identity.ofLengthPrefixed(file, offset + 5, length - 5)
                    : Identity.checksum(file, offset + 2, length - 2);
            media.add(message(type, timestampMs, identity, file, offset, length, room));
        }
    }

    private static Message message(
            int type, int timestampMs, long identity, byte[] from, int offset, int length, ByteBuffer room) {
        int start = room.position();
        Chunks.putBody(room, type == VIDEO ? 6 : 4, from, offset, length);
        ByteBuffer chunks = room.slice(start, room.position() - start);
        return new Message(type, timestampMs, length, identity, chunks);
    }

    List<Message> setup() {
        return setup;
    }

    List<Message> media() {
        return media;
    }

    /** After this long the media begins anew. */
    int durationMs() {
        return media.get(media.size() - 1).timestampMs() + FRAME_MS;
    }
}

package lancaster.rtmp.chunk;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The chunk streams of one direction of a connection, by id. Almost all senders use only ids that fit into one byte. */
final class ChunkStreams {
    private final @Nullable ChunkStream[] small = new ChunkStream[ChunkHeader.FIRST_TWO_BYTE_ID];
    private final Map<Integer, ChunkStream> large = new HashMap<>();
    private int count;

    int count() {
        return count;
    }

    @Nullable
    ChunkStream find(int id) {
        return id >= 0 && id < small.length ? small[id] : large.get(id);
    }

    ChunkStream open(int id) {
        ChunkStream opened = new ChunkStream();
        count++;
        if (id < small.length) {
            small[id] = opened;
        } else {
            large.put(id, opened);
        }
        return opened;
    }
}

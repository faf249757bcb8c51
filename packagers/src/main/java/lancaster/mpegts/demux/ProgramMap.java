package lancaster.mpegts.demux;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lancaster.bytes.Bytes;

/**
 * A program map (§2.4.4.8), which is always one section.
 *
 * @param current whether it is valid already
 * @param pcrPid the PID that carries the program's clock; 0x1FFF where none does
 * @param descriptors of the program
 */
public record ProgramMap(
        int program, int version, boolean current, int pcrPid, Bytes descriptors, List<Stream> streams) {
    public static final int TABLE_ID = 2;

    private static final int BODY_HEAD_SIZE = 4;
    private static final int STREAM_HEAD_SIZE = 5;

    /** An elementary stream. */
    public record Stream(int streamType, int pid, Bytes descriptors) {}

    public ProgramMap {
        streams = List.copyOf(streams);
    }

    /** Empty where the section is none or breaks its format. */
    public static Optional<ProgramMap> parse(Bytes section) {
        return SectionHead.parse(section)
                .filter(head -> head.tableId() == TABLE_ID && head.body().length() >= BODY_HEAD_SIZE)
                .flatMap(ProgramMap::read);
    }

    private static Optional<ProgramMap> read(SectionHead head) {
        Bytes body = head.body();
        int at = BODY_HEAD_SIZE + (body.u16(2) & 0x0FFF);
        if (at > body.length()) {
            return Optional.empty();
        }
        Bytes descriptors = body.slice(BODY_HEAD_SIZE, at - BODY_HEAD_SIZE);
        List<Stream> streams = new ArrayList<>();
        while (at < body.length()) {
            if (body.length() - at < STREAM_HEAD_SIZE) {
                return Optional.empty();
            }
            int length = body.u16(at + 3) & 0x0FFF;
            if (length > body.length() - at - STREAM_HEAD_SIZE) {
                return Optional.empty();
            }
            Bytes own = body.slice(at + STREAM_HEAD_SIZE, length);
            streams.add(new Stream(body.u8(at), body.u16(at + 1) & 0x1FFF, own));
            at += STREAM_HEAD_SIZE + length;
        }
        return Optional.of(new ProgramMap(
                head.idExtension(), head.version(), head.current(), body.u16(0) & 0x1FFF, descriptors, streams));
    }
}

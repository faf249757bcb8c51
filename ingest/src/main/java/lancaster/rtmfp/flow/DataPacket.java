package lancaster.rtmfp.flow;

import java.util.Optional;
import lancaster.bytes.Bytes;
import lancaster.rtmfp.packet.FlowData;
import lancaster.rtmfp.packet.NextUserData;
import lancaster.rtmfp.packet.OptionList;
import lancaster.rtmfp.packet.PacketWriter;
import lancaster.rtmfp.packet.UserData;

/** The packet that flows put their fragments into, one after the other (RFC 7016 §3.6.2.3). */
public final class DataPacket {
    private final PacketWriter writer;
    private final InFlight inFlight;
    private long number;
    private int chunks;
    private Optional<FlowData> last = Optional.empty();

    public DataPacket(PacketWriter writer, InFlight inFlight) {
        this.writer = writer;
        this.inFlight = inFlight;
    }

    /** A new packet was begun in the writer. */
    public void begin() {
        number++;
        chunks = 0;
        last = Optional.empty();
    }

    /** Chunks of user data in it. */
    public int chunks() {
        return chunks;
    }

    long number() {
        return number;
    }

    /** What a chunk of user data takes besides the data. */
    int overhead(OutgoingFlow flow, long sequenceNumber, long forwardSequenceNumber, OptionList options) {
        return continues(flow, sequenceNumber, forwardSequenceNumber)
                ? NextUserData.overhead(options)
                : UserData.overhead(flow.id(), sequenceNumber, sequenceNumber - forwardSequenceNumber, options);
    }

    int remaining() {
        return writer.remaining();
    }

    /** Writes {@code fragment}, which has to fit. */
    void add(OutgoingFragment fragment, long forwardSequenceNumber, boolean fin, OptionList options) {
        boolean abandoned = fragment.isAbandoned();
        Bytes data = abandoned ? Bytes.EMPTY : fragment.data;
        long number = fragment.sequenceNumber;
        FlowData chunk;
        if (continues(fragment.flow, number, forwardSequenceNumber)) {
            chunk = NextUserData.after(last.orElseThrow(), fragment.control, abandoned, fin, options, data);
        } else {
            chunk = new UserData(
                    fragment.control,
                    abandoned,
                    fin,
                    fragment.flow.id(),
                    number,
                    number - forwardSequenceNumber,
                    options,
                    data);
        }
        writer.add(chunk);
        inFlight.sent(fragment, chunk.length());
        fragment.sentAbandoned = abandoned;
        last = Optional.of(chunk);
        chunks++;
    }

    private boolean continues(OutgoingFlow flow, long sequenceNumber, long forwardSequenceNumber) {
        return last.isPresent()
                && last.get().flowId() == flow.id()
                && last.get().sequenceNumber() == sequenceNumber - 1
                && last.get().forwardSequenceNumber() == forwardSequenceNumber;
    }
}

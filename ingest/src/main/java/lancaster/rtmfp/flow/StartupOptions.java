package lancaster.rtmfp.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lancaster.bytes.ByteWriter;
import lancaster.bytes.Bytes;
import lancaster.rtmfp.packet.Option;
import lancaster.rtmfp.packet.OptionList;
import lancaster.rtmfp.packet.UserData;
import lancaster.rtmfp.packet.Vlu;

/**
 * STARTUP_OPTIONS (RFC 7016 §3.6.2.3.1): what a flow is for goes along with the first of its fragments in each packet, until
 * the far end is known to have it.
 */
final class StartupOptions {
    private OptionList options;
    private long packetNumber;

    StartupOptions(Bytes metadata, Optional<RecvFlow> inReturnTo) {
        List<Option> list = new ArrayList<>(2);
        // In this order: librtmfp reads no other.
        list.add(new Option(UserData.USER_METADATA, metadata));
        inReturnTo.ifPresent(flow -> list.add(new Option(
                UserData.RETURN_FLOW_ASSOCIATION,
                Vlu.write(new ByteWriter(Vlu.MAX_BYTES), flow.id()).bytes())));
        options = OptionList.of(list);
    }

    /** The far end has them. */
    void arrived() {
        options = OptionList.EMPTY;
    }

    /** What goes along with the next fragment in this packet. */
    OptionList of(DataPacket packet) {
        return packetNumber == packet.number() ? OptionList.EMPTY : options;
    }

    /** A fragment went into this packet. */
    void sentIn(DataPacket packet) {
        packetNumber = packet.number();
    }
}

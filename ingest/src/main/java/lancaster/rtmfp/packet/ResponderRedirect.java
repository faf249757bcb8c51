package lancaster.rtmfp.packet;

import java.util.ArrayList;
import java.util.List;
import lancaster.bytes.Bytes;

/**
 * Redirect, other addresses at which the asked endpoint may be (RFC 7016 §2.3.5).
 *
 * @param redirectDestinations none means the address that the packet came from
 */
public record ResponderRedirect(Bytes tagEcho, List<PeerAddress> redirectDestinations) implements Chunk {
    public ResponderRedirect {
        redirectDestinations = List.copyOf(redirectDestinations);
    }

    /** Addresses past the most that an initiator tries are not read (§3.5.1.1.1 lets it take some). */
    static ResponderRedirect read(PacketCursor in) {
        Bytes tagEcho = in.sized();
        List<PeerAddress> addresses = new ArrayList<>();
        while (in.hasRemaining() && addresses.size() < RtmfpParameters.REDIRECT_THRESHOLD) {
            addresses.add(PeerAddress.read(in));
        }
        return new ResponderRedirect(tagEcho, addresses);
    }

    @Override
    public ChunkType type() {
        return ChunkType.RESPONDER_REDIRECT;
    }

    @Override
    public int payloadLength() {
        int length = PacketWriter.sizedLength(tagEcho);
        for (PeerAddress destination : redirectDestinations) {
            length += destination.encodedLength();
        }
        return length;
    }

    @Override
    public void writePayload(PacketWriter out) {
        out.sized(tagEcho);
        for (PeerAddress destination : redirectDestinations) {
            destination.write(out);
        }
    }
}

package lancaster.rtmfp.packet;

import java.util.ArrayList;
import java.util.List;
import lancaster.bytes.Bytes;

/** Cuts a plain packet that is longer than the path takes into fragments (RFC 7016 §3.4). */
public final class Fragmenter {
    private Fragmenter() {}

    /**
     * The fragments of {@code plainPacket}, each to travel in a packet of the same mode that holds no more than
     * {@code packetLimitBytes}.
     */
    public static List<Fragment> fragments(Bytes plainPacket, long packetId, int packetLimitBytes) {
        int overhead = PacketHeader.MAX_BYTES
                + Chunk.HEADER_BYTES
                + 1
                + Vlu.length(packetId)
                + Vlu.length(RtmfpParameters.MAX_FRAGMENTS - 1);
        int pieceBytes = packetLimitBytes - overhead;
        if (pieceBytes <= 0 || plainPacket.length() > (long) pieceBytes * RtmfpParameters.MAX_FRAGMENTS) {
            throw new IllegalArgumentException(
                    "a packet of " + plainPacket.length() + " bytes in packets of " + packetLimitBytes);
        }
        List<Fragment> fragments = new ArrayList<>();
        for (int at = 0; at < plainPacket.length(); at += pieceBytes) {
            int end = Math.min(at + pieceBytes, plainPacket.length());
            boolean more = end < plainPacket.length();
            fragments.add(new Fragment(more, packetId, fragments.size(), plainPacket.slice(at, end - at)));
        }
        return fragments;
    }
}

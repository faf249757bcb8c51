package lancaster.rtmfp.packet;

import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import lancaster.bytes.Bytes;
import lancaster.rtmfp.packet.MalformedPacketException.Reason;

/**
 * Puts fragmented packets together (RFC 7016 §3.4), as many at a time as {@link RtmfpParameters#MAX_REASSEMBLIES} allows:
 * when there is no room, those that stopped to progress make some, and otherwise the new one is refused. Belongs to the
 * loop of its endpoint.
 */
public final class Reassembler {
    private final Map<Key, Reassembly> reassemblies = new LinkedHashMap<>();

    private record Key(InetSocketAddress from, long packetId) {}

    /**
     * Takes a fragment; gives the plain packet when it was the last that missed. A fragment that contradicts the others of
     * its packet, or a packet of another mode than its fragments had, is malformed.
     */
    public Optional<Bytes> add(Fragment fragment, Mode mode, InetSocketAddress from, long nowNs) {
        Key key = new Key(from, fragment.packetId());
        Reassembly reassembly = reassemblies.get(key);
        if (reassembly != null && reassembly.isOver(nowNs)) {
            reassemblies.remove(key);
            reassembly = null;
        }
        if (reassembly == null) {
            if (reassemblies.size() >= RtmfpParameters.MAX_REASSEMBLIES) {
                expire(nowNs);
            }
            if (reassemblies.size() >= RtmfpParameters.MAX_REASSEMBLIES) {
                return Optional.empty();
            }
            reassembly = new Reassembly(mode, nowNs);
            reassemblies.put(key, reassembly);
        }
        if (!reassembly.add(fragment, mode, nowNs)) {
            return Optional.empty();
        }
        reassemblies.remove(key);
        Bytes packet = reassembly.packet();
        if (new ChunkReader(packet).header().mode() != mode) {
            throw Reason.FRAGMENT.exception();
        }
        return Optional.of(packet);
    }

    /** Packets that still miss fragments. */
    public int size() {
        return reassemblies.size();
    }

    /** Forgets packets that don't progress or have had their time. */
    public void expire(long nowNs) {
        for (Iterator<Reassembly> all = reassemblies.values().iterator(); all.hasNext(); ) {
            if (all.next().isOver(nowNs)) {
                all.remove();
            }
        }
    }
}

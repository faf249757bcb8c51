package lancaster.doctor;

import java.net.InetAddress;
import java.util.List;
import java.util.OptionalInt;
import lancaster.multicast.MulticastGroup;

/**
 * What arrived of the group that was asked for.
 *
 * @param error why it couldn't be joined; empty where it could
 * @param datagrams what the socket received
 * @param senders whose datagrams the socket received
 * @param listenedNs how long
 * @param silentNs since the last datagram, at the end
 * @param longestGapNs the longest silence between two datagrams
 * @param onTheWire what the packets themselves show: nothing where they weren't listened to
 */
public record GroupReception(
        MulticastGroup group,
        String interfaceName,
        String error,
        long datagrams,
        long bytes,
        List<InetAddress> senders,
        long listenedNs,
        long silentNs,
        long longestGapNs,
        java.util.Optional<Wire> onTheWire) {

    /** Datagrams to the group as they arrived at the interface, before firewall and route had a say. */
    public record Wire(long datagrams, List<InetAddress> senders, OptionalInt ttl, OptionalInt dscp) {}
}

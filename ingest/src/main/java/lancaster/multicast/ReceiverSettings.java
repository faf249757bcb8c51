package lancaster.multicast;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.Optional;

/**
 * Where datagrams are received.
 *
 * @param address the group and port, or for unicast an address of this box
 * @param source whose datagrams are taken; empty: anybody's
 * @param networkInterface where the group is joined; empty for unicast
 * @param receiveBufferBytes asked of the kernel, which may grant less
 */
public record ReceiverSettings(
        InetSocketAddress address,
        Optional<InetAddress> source,
        Optional<NetworkInterface> networkInterface,
        int receiveBufferBytes) {
    /** A third of a second at 100 Mbit/s: longer than any pause of the receiving loop. */
    public static final int RECEIVE_BUFFER_BYTES = 4 << 20;

    public ReceiverSettings {
        if (address.getAddress().isMulticastAddress() != networkInterface.isPresent()) {
            throw new IllegalArgumentException("a group is joined on an interface, anything else isn't: " + address);
        }
    }

    public static ReceiverSettings of(MulticastGroup group, NetworkInterface networkInterface) {
        return new ReceiverSettings(
                group.socketAddress(), group.source(), Optional.of(networkInterface), RECEIVE_BUFFER_BYTES);
    }

    /** Datagrams that are sent to this box alone. */
    public static ReceiverSettings unicast(InetSocketAddress address, Optional<InetAddress> source) {
        return new ReceiverSettings(address, source, Optional.empty(), RECEIVE_BUFFER_BYTES);
    }

    public boolean isIpv6() {
        return address.getAddress() instanceof Inet6Address;
    }

    /** The same from anybody: to find out who else sends. */
    public ReceiverSettings fromAnybody() {
        return new ReceiverSettings(address, Optional.empty(), networkInterface, receiveBufferBytes);
    }

    /** {@code 10.0.0.5@232.10.1.7:5004 on eth0}, for people. */
    @Override
    public String toString() {
        String where = IpLiteral.text(address.getAddress(), address.getPort());
        String from = source.map(one -> IpLiteral.text(one) + "@" + where).orElse(where);
        return networkInterface.map(nif -> from + " on " + nif.getName()).orElse(from);
    }
}

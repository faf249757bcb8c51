package lancaster.doctor;

import java.net.InetAddress;
import lancaster.multicast.IpLiteral;

/** Datagrams to a group that nobody on this host joined, seen on the wire. */
public record ForeignGroup(InetAddress group, InetAddress source, long datagrams, long bytes) {
    @Override
    public String toString() {
        return IpLiteral.text(group) + " from " + IpLiteral.text(source);
    }
}

package lancaster.lab;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.StandardProtocolFamily;

/** What a {@link Listener} heard: how many datagrams, and from which address the last one came. */
record Heard(long datagrams, String from) {
    static StandardProtocolFamily family(InetAddress address) {
        return address instanceof Inet6Address ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
    }
}

package lancaster.igmp;

import java.net.Inet4Address;
import java.net.InetAddress;

/** IGMP speaks of IPv4 groups (RFC 3376), MLD of IPv6 groups (RFC 3810); the same protocol in two codings. */
public enum GroupProtocol {
    IGMP(3),
    MLD(2);

    private final int sourceSpecificVersion;

    GroupProtocol(int sourceSpecificVersion) {
        this.sourceSpecificVersion = sourceSpecificVersion;
    }

    /** The lowest version that can ask for a source. */
    public int sourceSpecificVersion() {
        return sourceSpecificVersion;
    }

    public static GroupProtocol of(InetAddress group) {
        return group instanceof Inet4Address ? IGMP : MLD;
    }
}

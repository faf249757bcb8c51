package lancaster.rtmfp.net;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * The servers beside this one; may change while it runs.
 *
 * @param partners whose clients and ours find each other
 * @param substitutes where new clients are sent
 * @param onlyWhenFull whether they are sent there once this server has as many as it may
 */
public record OtherServers(List<ServerAddress> partners, List<InetSocketAddress> substitutes, boolean onlyWhenFull) {
    public static final OtherServers NONE = new OtherServers(List.of(), List.of(), true);

    public OtherServers {
        partners = List.copyOf(partners);
        substitutes = List.copyOf(substitutes);
    }

    boolean redirects(boolean full) {
        return !substitutes.isEmpty() && (full || !onlyWhenFull);
    }
}

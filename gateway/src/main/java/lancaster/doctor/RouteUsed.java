package lancaster.doctor;

import java.net.InetAddress;
import java.util.Optional;

/**
 * What a socket that names no interface would use for a group: asked of the kernel by connecting a socket, which sends
 * nothing.
 *
 * @param source the address it would send from
 * @param error why there is none
 */
public record RouteUsed(InetAddress group, Optional<InetAddress> source, String error) {}

package lancaster.doctor;

import java.net.InetAddress;

/**
 * What became of a datagram that this host sent to a group which it had joined itself.
 *
 * @param sourceSpecific whether the join named the source
 * @param error empty where nothing failed
 */
public record SelfTest(
        String interfaceName, InetAddress group, boolean sourceSpecific, boolean received, String error) {}

package lancaster.doctor.net;

import java.time.Duration;
import java.util.Optional;
import lancaster.multicast.MulticastGroup;

/**
 * What the doctor is asked.
 *
 * @param interfaceName an interface or one of its addresses; empty for all that can carry multicast
 * @param group a group that should arrive
 * @param listen how long to listen
 */
public record Question(Optional<String> interfaceName, Optional<MulticastGroup> group, Duration listen) {}

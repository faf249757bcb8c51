package lancaster.probe.net;

import java.time.Duration;
import java.util.Optional;

/**
 * What to look at.
 *
 * @param interfaceName where a group is joined: a name or an address; empty for where the routes point
 * @param length for how long; files are read whole
 */
public record ProbeRequest(String url, Optional<String> interfaceName, Duration length) {}

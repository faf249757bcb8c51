package lancaster.rtmfp.net;

import java.util.Optional;

/**
 * How it stands with a server at which our clients are to find those of its own.
 *
 * @param connected whether lookups are sent on to it
 * @param cause why not, as far as it is known
 */
public record PartnerStats(ServerAddress server, boolean connected, Optional<String> cause) {}

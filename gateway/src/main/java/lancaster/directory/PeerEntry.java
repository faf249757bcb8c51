package lancaster.directory;

import java.time.Instant;
import lancaster.rtmfp.crypto.PeerId;

/**
 * A name that a peer is found under.
 *
 * @param by who registered it, and alone may change it while it holds
 * @param until when it is forgotten unless it is registered again
 */
public record PeerEntry(String name, PeerId peerId, String by, Instant until) {}

/**
 * Rendezvous (RFC 7016 §3.5.1.4 to §3.5.1.6): who seeks a peer by its ID is told the peer's addresses, and the peer is
 * told of whoever seeks it, so that both send and NATs between them open. Nothing is relayed. All of it belongs to the
 * loop of the endpoint that it serves.
 */
@NullMarked
package lancaster.rendezvous;

import org.jspecify.annotations.NullMarked;

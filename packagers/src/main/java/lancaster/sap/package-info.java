/**
 * Announcements of sessions (RFC 2974): their packets, when to send them, and which of others were heard. § without a
 * document means RFC 2974.
 */
@NullMarked
package lancaster.sap;

import org.jspecify.annotations.NullMarked;

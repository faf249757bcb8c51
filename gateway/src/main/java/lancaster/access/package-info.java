/**
 * Who may publish: keys, where they are kept, and how often an address may guess. Owner: the control thread, which the
 * wiring hands in; nothing here waits on a publisher's loop.
 */
@NullMarked
package lancaster.access;

import org.jspecify.annotations.NullMarked;

/**
 * Who may publish, who may manage and who may watch. Publishing: keys, where they are kept, and how often an address may
 * guess. Managing: accounts, sessions, tokens, the log of changes. Watching: one rule for every format. Nothing here
 * waits on a publisher's loop; what reads files or hashes runs on executors that the wiring hands in.
 */
@NullMarked
package lancaster.access;

import org.jspecify.annotations.NullMarked;

/** Hashing of passwords; the one room here that knows Bouncy Castle. */
@NullMarked
package lancaster.access.crypto;

import org.jspecify.annotations.NullMarked;

/**
 * What a configured stream is wired to. Each output owns a subscription and lives on the stream's packaging loop; an
 * output that fails is started anew, after a while.
 */
@NullMarked
package lancaster.output;

import org.jspecify.annotations.NullMarked;

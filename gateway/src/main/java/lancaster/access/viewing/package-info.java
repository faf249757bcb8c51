/**
 * Who may watch: one rule for every format, asked by each handler before it answers. From any thread; keys are read from
 * their files when those change.
 */
@NullMarked
package lancaster.access.viewing;

import org.jspecify.annotations.NullMarked;

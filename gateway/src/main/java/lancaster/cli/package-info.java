/** The commands, one class each. What they say goes to standard output; what goes wrong to standard error. */
@NullMarked
package lancaster.cli;

import org.jspecify.annotations.NullMarked;

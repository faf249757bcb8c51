/**
 * The wiring: the only room that knows everything, makes threads and connects rooms. {@link lancaster.app.Gateway}
 * builds the graph by hand.
 */
@NullMarked
package lancaster.app;

import org.jspecify.annotations.NullMarked;

/** Netty's event loops as run loops, and which loop runs what. Objects here are made by the wiring, before any loop. */
@NullMarked
package lancaster.net;

import org.jspecify.annotations.NullMarked;

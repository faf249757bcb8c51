/** Time, timers and turns, handed in: the seam between protocol code and the threads that run it. No loop lives here. */
@NullMarked
package lancaster.runloop;

import org.jspecify.annotations.NullMarked;

/** Gathers the facts that the doctor judges: from the kernel's files, by sockets, by packets. */
@NullMarked
package lancaster.doctor.net;

import org.jspecify.annotations.NullMarked;

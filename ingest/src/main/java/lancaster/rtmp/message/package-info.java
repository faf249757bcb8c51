/**
 * What RTMP messages say (RTMP 1.0 §5.4, §6, §7): typed messages, and the codes of status reports. Immutable values and
 * pure functions, owned by nobody.
 */
@NullMarked
package lancaster.rtmp.message;

import org.jspecify.annotations.NullMarked;

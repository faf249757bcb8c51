/**
 * Publishing from here: media of a file or of the test card, sent at the pace of real time over RTMP. Everything is
 * owned by the loop that it is started with.
 */
@NullMarked
package lancaster.publisher;

import org.jspecify.annotations.NullMarked;

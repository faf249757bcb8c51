/**
 * The directory: names under which peers are found. {@link lancaster.directory.PeerDirectory} is owned by the control
 * executor; HTTP and RTMFP ask it there.
 */
@NullMarked
package lancaster.directory;

import org.jspecify.annotations.NullMarked;

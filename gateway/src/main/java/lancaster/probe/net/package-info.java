/** Brings streams to the probe: by RTMP, HTTP, datagrams and from files. */
@NullMarked
package lancaster.probe.net;

import org.jspecify.annotations.NullMarked;

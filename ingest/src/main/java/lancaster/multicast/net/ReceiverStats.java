package lancaster.multicast.net;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * What a receiver has seen.
 *
 * @param datagrams handed on
 * @param bytes of them, without UDP and IP headers
 * @param foreign datagrams of senders that aren't the one asked for
 * @param lastForeign who sent the last of those
 * @param truncated datagrams longer than any that is expected, dropped
 * @param receiveBufferBytes what the kernel granted
 * @param kernelDrops datagrams that the kernel threw away because the buffer was full; -1 where it doesn't tell
 */
public record ReceiverStats(
        long datagrams,
        long bytes,
        long foreign,
        Optional<InetSocketAddress> lastForeign,
        long truncated,
        int receiveBufferBytes,
        long kernelDrops) {}

package lancaster.multicast.net;

import java.util.Map;

/**
 * What a sender did.
 *
 * @param datagrams handed to the kernel
 * @param bytes of them, without UDP and IP headers
 * @param calls in which that happened: fewer than datagrams where runs leave as one
 * @param errors datagrams that did not leave, by cause; only causes that occurred
 */
public record SenderStats(long datagrams, long bytes, long calls, Map<SendError, Long> errors) {
    public SenderStats {
        errors = Map.copyOf(errors);
    }

    public long failed() {
        return errors.values().stream().mapToLong(Long::longValue).sum();
    }
}

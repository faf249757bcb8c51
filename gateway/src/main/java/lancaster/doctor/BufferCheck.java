package lancaster.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Socket buffers: a receiver that sleeps for some milliseconds loses what finds no room. */
final class BufferCheck implements Check {
    private static final String CHECK = "socket-buffer";
    /** What a datagram of 1316 bytes takes of the buffer in the kernel, with its own bookkeeping. */
    private static final int CHARGE_BYTES = 2_304;
    /** The kernel allows twice of what is asked for, for that bookkeeping (socket(7)). */
    private static final int KERNEL_FACTOR = 2;

    private static final int PAYLOAD_BITS = 1316 * 8;
    private static final double STREAM_BITS_PER_SECOND = 20e6;
    private static final int ENOUGH_BYTES = 1 << 20;

    @Override
    public List<Finding> findings(Situation situation) {
        List<Finding> findings = new ArrayList<>();
        SocketBuffers buffers = situation.buffers();
        findings.add(finding(situation, "receive", "rmem_max", buffers.receiveBytes()));
        findings.add(finding(situation, "send", "wmem_max", buffers.sendBytes()));
        long overflows = situation.risen(Counters.UDP_OVERFLOW);
        if (overflows > 0) {
            findings.add(Finding.warning(
                    CHECK,
                    "",
                    overflows
                            + " datagrams found no room in their sockets while we listened: a program on this host reads"
                            + " too slowly",
                    "find it by `ss -uamp`, the number behind d"));
        }
        return findings;
    }

    private static Finding finding(Situation situation, String which, String setting, int grantedBytes) {
        OptionalLong limit = situation.files().setting("net/core/" + setting);
        double ms = (double) grantedBytes * KERNEL_FACTOR / CHARGE_BYTES * PAYLOAD_BITS / STREAM_BITS_PER_SECOND * 1e3;
        String what = String.format(
                java.util.Locale.ROOT,
                "a socket that asks for %d KiB to %s is granted %d KiB, room for %.0f ms of 20 Mbit/s",
                situation.buffers().askedBytes() >> 10,
                which,
                grantedBytes >> 10,
                ms);
        return grantedBytes >= ENOUGH_BYTES
                ? Finding.ok(CHECK, "", what)
                : Finding.warning(
                        CHECK,
                        "",
                        what + (limit.isPresent() ? ", as net.core." + setting + " is " + limit.getAsLong() : ""),
                        "sysctl -w net.core." + setting + "=" + SocketBuffers.ASKED_BYTES);
    }
}

package lancaster.rtmfp.packet;

import java.util.Arrays;
import java.util.Objects;
import lancaster.bytes.Bytes;
import lancaster.rtmfp.packet.MalformedPacketException.Reason;
import org.jspecify.annotations.Nullable;

/** One fragmented packet, as far as its fragments have come (RFC 7016 §3.4). */
final class Reassembly {
    private final Mode mode;
    private final long beganNs;
    private @Nullable Bytes[] pieces = new @Nullable Bytes[4];
    private long progressedNs;
    private int received;
    private int totalBytes;
    /** Unknown until the final fragment has come. */
    private int count = Integer.MAX_VALUE;

    Reassembly(Mode mode, long nowNs) {
        this.mode = mode;
        beganNs = nowNs;
        progressedNs = nowNs;
    }

    /** Whether the packet is now complete. */
    boolean add(Fragment fragment, Mode fragmentMode, long nowNs) {
        if (fragmentMode != mode
                || fragment.fragmentNum() >= Math.min(count, RtmfpParameters.MAX_FRAGMENTS)
                || totalBytes + fragment.packetFragment().length() > RtmfpParameters.REASSEMBLY_LIMIT_BYTES) {
            throw Reason.FRAGMENT.exception();
        }
        int number = (int) fragment.fragmentNum();
        if (number >= pieces.length) {
            pieces = Arrays.copyOf(pieces, Math.max(number + 1, pieces.length * 2));
        }
        if (pieces[number] != null) {
            return false;
        }
        if (!fragment.moreFragments()) {
            if (hasBehind(number)) {
                throw Reason.FRAGMENT.exception();
            }
            count = number + 1;
        }
        // A copy, so that a few bytes don't keep the array of the packet that they came in.
        pieces[number] = Bytes.copyOf(fragment.packetFragment().buffer());
        totalBytes += fragment.packetFragment().length();
        received++;
        progressedNs = nowNs;
        return received == count;
    }

    boolean isOver(long nowNs) {
        return nowNs - beganNs > RtmfpParameters.REASSEMBLY_LIFETIME_NS
                || nowNs - progressedNs > RtmfpParameters.REASSEMBLY_PROGRESS_NS;
    }

    /** Of the complete packet. */
    Bytes packet() {
        Bytes[] all = new Bytes[count];
        for (int i = 0; i < count; i++) {
            all[i] = Objects.requireNonNull(pieces[i]);
        }
        return Bytes.concat(all);
    }

    private boolean hasBehind(int number) {
        for (int i = number + 1; i < pieces.length; i++) {
            if (pieces[i] != null) {
                return true;
            }
        }
        return false;
    }
}

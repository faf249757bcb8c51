package lancaster.rtmfp.flow;

import lancaster.rtmfp.packet.RtmfpParameters;
import org.jspecify.annotations.Nullable;

/**
 * All fragments of a session that are in the network, in the order they were sent (RFC 7016 §3.6.2.5): whichever is
 * passed by an acknowledgement three times is lost.
 */
public final class InFlight {
    private static final int NAK_THRESHOLD = RtmfpParameters.NAK_THRESHOLD;

    private @Nullable OutgoingFragment oldest;
    private @Nullable OutgoingFragment newest;
    private long bytes;
    private long nextTsn = 1;
    private long maxTsnAcknowledged;
    private long highestLostTsn;
    private boolean negatives;
    private long acknowledgedBytes;

    /** S_OUTSTANDING_BYTES. */
    public long bytes() {
        return bytes;
    }

    public boolean isEmpty() {
        return oldest == null;
    }

    /** What the next fragment to be sent will be numbered. */
    public long nextTsn() {
        return nextTsn;
    }

    /** Bytes that were acknowledged in all. */
    public long acknowledgedBytes() {
        return acknowledgedBytes;
    }

    /** Whether {@link #findLost} counted a negative acknowledgement. */
    public boolean anyNegatives() {
        return negatives;
    }

    /** Of those that {@link #findLost} found. */
    public long highestLostTsn() {
        return highestLostTsn;
    }

    void sent(OutgoingFragment fragment, int transmitBytes) {
        fragment.inFlight = true;
        fragment.naks = 0;
        fragment.tsn = nextTsn++;
        fragment.transmitBytes = transmitBytes;
        bytes += transmitBytes;
        fragment.flow.outstandingBytes += transmitBytes;
        OutgoingFragment last = newest;
        fragment.before = last;
        fragment.after = null;
        if (last == null) {
            oldest = fragment;
        } else {
            last.after = fragment;
        }
        newest = fragment;
    }

    void acknowledged(OutgoingFragment fragment) {
        maxTsnAcknowledged = Math.max(maxTsnAcknowledged, fragment.tsn);
        acknowledgedBytes += fragment.transmitBytes;
        remove(fragment);
    }

    /** No longer in the network as far as we care. */
    void remove(OutgoingFragment fragment) {
        if (!fragment.inFlight) {
            return;
        }
        fragment.inFlight = false;
        bytes -= fragment.transmitBytes;
        fragment.flow.outstandingBytes -= fragment.transmitBytes;
        OutgoingFragment previous = fragment.before;
        OutgoingFragment next = fragment.after;
        if (previous == null) {
            oldest = next;
        } else {
            previous.after = next;
        }
        if (next == null) {
            newest = previous;
        } else {
            next.before = previous;
        }
        fragment.before = null;
        fragment.after = null;
    }

    /** To be called when all acknowledgements of a packet were worked on; how many fragments are lost. */
    public int findLost() {
        int lost = 0;
        negatives = false;
        highestLostTsn = 0;
        OutgoingFragment fragment = oldest;
        while (fragment != null && fragment.tsn < maxTsnAcknowledged) {
            OutgoingFragment next = fragment.after;
            negatives = true;
            if (++fragment.naks >= NAK_THRESHOLD) {
                highestLostTsn = fragment.tsn;
                lose(fragment);
                lost++;
            }
            fragment = next;
        }
        return lost;
    }

    /** Takes everything for lost (RFC 7016 §3.6.2.6); how many fragments that were. */
    public int loseAll() {
        int lost = 0;
        while (oldest != null) {
            lose(oldest);
            lost++;
        }
        return lost;
    }

    private void lose(OutgoingFragment fragment) {
        remove(fragment);
        fragment.flow.lost(fragment);
    }
}

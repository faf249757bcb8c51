package lancaster.rtmfp.flow;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** SEND_QUEUE (RFC 7016 §3.6.2) by sequence number: what was cut and is not acknowledged, with holes where it is. */
final class FragmentWindow {
    private @Nullable OutgoingFragment[] ring = new @Nullable OutgoingFragment[8];
    private long first = 1;
    private long end = 1;

    /** The lowest number that is here; {@link #end} if none is. */
    long first() {
        return first;
    }

    /** Behind the highest number. */
    long end() {
        return end;
    }

    boolean isEmpty() {
        return first == end;
    }

    Optional<OutgoingFragment> get(long sequenceNumber) {
        return sequenceNumber < first || sequenceNumber >= end
                ? Optional.empty()
                : Optional.ofNullable(ring[slot(sequenceNumber)]);
    }

    Optional<OutgoingFragment> head() {
        return get(first);
    }

    /** The first that is here behind the head. */
    Optional<OutgoingFragment> second() {
        for (long number = first + 1; number < end; number++) {
            OutgoingFragment fragment = ring[slot(number)];
            if (fragment != null) {
                return Optional.of(fragment);
            }
        }
        return Optional.empty();
    }

    /** Adds the fragment with the number {@link #end}; where the window is empty, with any number. */
    void append(OutgoingFragment fragment) {
        if (isEmpty()) {
            first = fragment.sequenceNumber;
            end = first;
        }
        if (end - first == ring.length) {
            grow();
        }
        ring[slot(end)] = fragment;
        end++;
    }

    void remove(long sequenceNumber) {
        ring[slot(sequenceNumber)] = null;
        while (first < end && ring[slot(first)] == null) {
            first++;
        }
    }

    private int slot(long sequenceNumber) {
        return (int) sequenceNumber & ring.length - 1;
    }

    private void grow() {
        @Nullable OutgoingFragment[] larger = new @Nullable OutgoingFragment[2 * ring.length];
        for (long number = first; number < end; number++) {
            larger[(int) number & larger.length - 1] = ring[slot(number)];
        }
        ring = larger;
    }
}

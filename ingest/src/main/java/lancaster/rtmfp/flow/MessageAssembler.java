package lancaster.rtmfp.flow;

import lancaster.bytes.Bytes;
import lancaster.rtmfp.packet.FragmentControl;

/** Puts messages together from fragments, in one of two orders (RFC 7016 §3.6.3.3). */
sealed interface MessageAssembler permits OriginalOrder, NetworkOrder {
    /** Where complete messages go. */
    interface Output {
        void message(Bytes message);

        /** Something between the messages before and after was abandoned. */
        void gap();

        /** Fragments of so many bytes in all left the buffer: delivered or abandoned. */
        void freed(int fragments, long bytes);
    }

    /** Takes a fragment whose number was not seen before. */
    void add(long sequenceNumber, FragmentControl control, Bytes data);

    /** Everything through {@code cumulative} was received or abandoned. */
    void advance(long cumulative);

    /** Whether fragments wait here. */
    boolean isEmpty();

    /** Forgets all fragments, which are not counted as freed. */
    void clear();
}

package lancaster.rtmfp.packet;

import lancaster.bytes.Bytes;

/** A fragment of a message of a flow: {@link UserData}, or {@link NextUserData} that goes on where the last one ended. */
public sealed interface FlowData extends Chunk permits UserData, NextUserData {
    FragmentControl fragmentControl();

    /** The sender gave this sequence number up: {@link #userData()} means nothing. */
    boolean abandon();

    /** This is the last sequence number of the flow. */
    boolean fin();

    long flowId();

    /** From 1, below 2^63. */
    long sequenceNumber();

    /** How far the forward sequence number lies below {@link #sequenceNumber()}. */
    long fsnOffset();

    /** Empty where none are present. */
    OptionList options();

    Bytes userData();

    /** Nothing up to this one will be sent again. */
    default long forwardSequenceNumber() {
        return sequenceNumber() - fsnOffset();
    }
}

package lancaster.departure;

import lancaster.mpegts.TsUnit;

/** An access unit that has come and not left yet. */
final class Waiting {
    final TsUnit unit;
    final long arrivalNs;
    /** Its own time: when it came, or when stream time reaches its decoding time where it came early. */
    final long dueNs;

    /** When its last packet should leave. */
    long deadlineNs;

    int packetsLeft;
    boolean begun;

    Waiting(TsUnit unit, long arrivalNs, long dueNs, long deadlineNs) {
        this.unit = unit;
        this.arrivalNs = arrivalNs;
        this.dueNs = dueNs;
        this.deadlineNs = deadlineNs;
        this.packetsLeft = unit.packets();
    }
}

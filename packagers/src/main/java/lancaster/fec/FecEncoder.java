package lancaster.fec;

import lancaster.rtp.RtpHeader;

/**
 * Makes parity packets of the RTP packets that are sent: of a row right behind it, those of the columns spread evenly over
 * the next matrix, so that the rate stays even. Owner: the loop that sends.
 */
public final class FecEncoder {
    private final FecSettings settings;
    private final FecSink sink;
    private final Parity row = new Parity();
    private Parity[] columns;
    /** Those of the matrix before, from {@link #nextDue} on still to be sent. */
    private Parity[] due;

    private int nextDue;
    /** How many packets the matrix has. */
    private int position;

    private int expectedSequence = -1;
    private int columnSequence;
    private int rowSequence;
    private long timestamp;

    /** The first sequence numbers should be random. */
    public FecEncoder(FecSettings settings, int firstColumnSequence, int firstRowSequence, FecSink sink) {
        this.settings = settings;
        this.sink = sink;
        this.columnSequence = firstColumnSequence;
        this.rowSequence = firstRowSequence;
        this.columns = parities(settings.columns());
        this.due = parities(settings.columns());
        this.nextDue = settings.columns();
    }

    /** An RTP packet has been sent: no CSRC, no extension, no padding. What parity packets are due now go to the sink. */
    public void onMedia(byte[] packet, int offset, int length) {
        if (length < RtpHeader.SIZE) {
            throw new IllegalArgumentException("an RTP packet of " + length + " bytes");
        }
        int sequence = (packet[offset + 2] & 0xFF) << 8 | (packet[offset + 3] & 0xFF);
        if (sequence != expectedSequence) {
            restart();
        }
        expectedSequence = (sequence + 1) & 0xFFFF;
        timestamp = Parity.timestamp(packet, offset) & 0xFFFF_FFFFL;
        columns[position % settings.columns()].add(packet, offset, length);
        row(packet, offset, length);
        if (position % settings.rows() == 0) {
            sendColumn();
        }
        position++;
        if (position == settings.columns() * settings.rows()) {
            endMatrix();
        }
    }

    /** Nothing more is sent for a while: sends the parity of the last whole matrix at once. */
    public void flush() {
        while (nextDue < due.length) {
            sendColumn();
        }
    }

    private void row(byte[] packet, int offset, int length) {
        if (!settings.rowPackets()) {
            return;
        }
        row.add(packet, offset, length);
        if ((position + 1) % settings.columns() == 0) {
            int size = row.finish(rowSequence++, timestamp, true, 1, settings.columns());
            sink.onRow(row.array(), 0, size);
            row.clear();
        }
    }

    private void sendColumn() {
        if (nextDue < due.length) {
            Parity column = due[nextDue++];
            int size = column.finish(columnSequence++, timestamp, false, settings.columns(), settings.rows());
            sink.onColumn(column.array(), 0, size);
            column.clear();
        }
    }

    private void endMatrix() {
        flush();
        Parity[] sent = due;
        due = columns;
        columns = sent;
        nextDue = 0;
        position = 0;
    }

    /** A matrix holds consecutive packets alone. */
    private void restart() {
        flush();
        position = 0;
        row.clear();
        for (Parity column : columns) {
            column.clear();
        }
    }

    private static Parity[] parities(int count) {
        Parity[] made = new Parity[count];
        for (int i = 0; i < count; i++) {
            made[i] = new Parity();
        }
        return made;
    }
}

package lancaster.mpegts.demux;

import java.util.Optional;

/** Reads the PES packets of one PID (§2.4.3.6) and hands their payload on as it comes. */
final class PesReader {
    private static final int LENGTH_COUNTS_FROM = 6;
    private static final int MAX_HEADER_SIZE = PesTimes.FIXED_SIZE + 255;
    /** No reordering of pictures takes longer. */
    private static final long LONGEST_COMPOSITION_90K = 10 * 90_000;

    private static final int UNBOUNDED = -1;

    private final ElementaryReader stream;
    private final ProgramClock clock;
    private final FaultCounters faults;
    private final byte[] header = new byte[MAX_HEADER_SIZE];
    private int headerLength;
    private State state = State.IDLE;
    private boolean randomAccess;
    /** Bytes of payload that are still to come. */
    private int remaining;

    private enum State {
        /** What comes belongs to no PES packet that is known. */
        IDLE,
        HEADER,
        PAYLOAD
    }

    PesReader(ElementaryReader stream, ProgramClock clock, FaultCounters faults) {
        this.stream = stream;
        this.clock = clock;
        this.faults = faults;
    }

    ElementaryReader stream() {
        return stream;
    }

    /** The payload of the PID's next packet. */
    void payload(TsPacketHeader packet, byte[] array) {
        int at = packet.payloadOffset();
        int end = at + packet.payloadLength();
        if (packet.unitStart()) {
            if (state == State.HEADER || (state == State.PAYLOAD && remaining > 0)) {
                faults.count(TsFault.BAD_PES);
            }
            state = State.HEADER;
            headerLength = 0;
            randomAccess = packet.randomAccess();
        }
        if (state == State.HEADER) {
            at = header(array, at, end);
        }
        if (state == State.PAYLOAD && at < end) {
            int count = remaining == UNBOUNDED ? end - at : Math.min(end - at, remaining);
            remaining -= remaining == UNBOUNDED ? 0 : count;
            stream.data(array, at, count);
        }
    }

    /** Nothing more comes: what is known to be whole goes out. */
    void flush() {
        stream.flush(state == State.PAYLOAD && remaining == 0);
        state = State.IDLE;
    }

    /** Packets are missing. */
    void damaged() {
        if (state == State.HEADER) {
            state = State.IDLE;
        }
        // How much is missing can't be known: what comes up to the next header belongs to this packet.
        remaining = UNBOUNDED;
        stream.damaged();
    }

    /** Where the payload begins; the end while the header isn't complete. */
    private int header(byte[] array, int from, int end) {
        int at = copy(array, from, end, PesTimes.FIXED_SIZE);
        if (headerLength < PesTimes.FIXED_SIZE) {
            return at;
        }
        if (!PesTimes.startsPes(header, 0) || (PesTimes.hasHeader(header[3]) && (header[6] & 0xC0) != 0x80)) {
            return refuse(TsFault.BAD_PES, end);
        }
        if (!PesTimes.hasHeader(header[3])) {
            state = State.IDLE;
            return end;
        }
        if ((header[6] & 0x30) != 0) {
            return refuse(TsFault.SCRAMBLED, end);
        }
        int whole = PesTimes.FIXED_SIZE + (header[8] & 0xFF);
        at = copy(array, at, end, whole);
        if (headerLength < whole) {
            return at;
        }
        int announced = (header[4] & 0xFF) << 8 | (header[5] & 0xFF);
        remaining = announced == 0 ? UNBOUNDED : announced + LENGTH_COUNTS_FROM - whole;
        if (announced != 0 && remaining < 0) {
            return refuse(TsFault.BAD_PES, end);
        }
        state = State.PAYLOAD;
        stream.begin(time(whole));
        return at;
    }

    private int refuse(TsFault fault, int end) {
        faults.count(fault);
        state = State.IDLE;
        stream.damaged();
        return end;
    }

    private PesTime time(int whole) {
        Optional<PesTimes> read = PesTimes.read(header, 0, whole);
        if (read.isEmpty()) {
            boolean unreadable = (header[7] & 0xC0) != 0;
            if (unreadable) {
                faults.count(TsFault.BAD_PES);
            }
            return PesTime.unknown(randomAccess);
        }
        PesTimes times = read.get();
        long composition90k = ProgramClock.difference(times.pts(), times.dts());
        if (Math.abs(composition90k) > LONGEST_COMPOSITION_90K) {
            faults.count(TsFault.COMPOSITION_TIME);
            composition90k = 0;
        }
        return new PesTime(true, clock.unwrap(times.dts()), (int) composition90k, randomAccess);
    }

    private int copy(byte[] array, int from, int end, int wanted) {
        int count = Math.min(end - from, Math.max(0, wanted - headerLength));
        System.arraycopy(array, from, header, headerLength, count);
        headerLength += count;
        return from + count;
    }
}

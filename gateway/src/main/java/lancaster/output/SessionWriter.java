package lancaster.output;

import java.util.List;
import java.util.Optional;
import lancaster.departure.TsDepartures;
import lancaster.fec.FecEncoder;
import lancaster.fec.FecSink;
import lancaster.rtp.Mp2tPacketizer;
import lancaster.rtp.RtpHeader;

/**
 * The datagrams of a session: what of the transport stream is due, in RTP or bare, the same bytes on every way (SMPTE ST
 * 2022-7), parity behind what it protects. Owner: the multicast loop.
 */
final class SessionWriter {
    static final int MAX_DATAGRAM_BYTES = RtpHeader.SIZE + TsDepartures.DATAGRAM_BYTES;
    /** More leave in another call. */
    private static final int MAX_DATAGRAMS = 8;

    private static final long NEVER = Long.MIN_VALUE;

    private List<MulticastWay> ways;
    /** Absent: the transport stream goes out bare. */
    private final Optional<Mp2tPacketizer> rtp;

    private final Optional<FecEncoder> fec;
    private final int headerBytes;
    private final int datagramBytes;
    private final byte[] run;
    private final int[] lengths = new int[MAX_DATAGRAMS];
    private long datagrams;
    private long bytes;
    private long parityDatagrams;
    /** Of the last datagram of media: its moment on the stream's clock, and on the loop's. */
    private long departed90k;

    private long departedNs = NEVER;

    /** Makes the encoder of parity, which sends by the sink. */
    interface Parity {
        FecEncoder encoder(FecSink sink);
    }

    SessionWriter(List<MulticastWay> ways, Optional<Mp2tPacketizer> rtp, Optional<Parity> parity) {
        this.ways = List.copyOf(ways);
        this.rtp = rtp;
        this.fec = parity.map(maker -> maker.encoder(new ParitySink()));
        this.headerBytes = rtp.isPresent() ? RtpHeader.SIZE : 0;
        this.datagramBytes = headerBytes + TsDepartures.DATAGRAM_BYTES;
        this.run = new byte[MAX_DATAGRAMS * datagramBytes];
    }

    /** Sends by these from now on. */
    void ways(List<MulticastWay> open) {
        ways = List.copyOf(open);
    }

    /** Sends all that is due; how many datagrams of media that was. */
    int write(TsDepartures source, long nowNs) {
        int total = 0;
        int length = 0;
        int count = 0;
        while (true) {
            boolean lastIsShort = count > 0 && lengths[count - 1] < datagramBytes;
            if (count == MAX_DATAGRAMS || lastIsShort) {
                send(length, count);
                length = 0;
                count = 0;
            }
            int payload = source.fill(run, length + headerBytes, nowNs);
            if (payload == 0) {
                break;
            }
            if (rtp.isPresent()) {
                rtp.get().packetize(run, length, payload, source.departure90k(), source.marker());
            }
            departed90k = source.departure90k();
            departedNs = nowNs;
            lengths[count++] = headerBytes + payload;
            length += headerBytes + payload;
            total++;
        }
        if (count > 0) {
            send(length, count);
        }
        return total;
    }

    private void send(int length, int count) {
        for (MulticastWay way : ways) {
            way.media(run, 0, length, datagramBytes);
        }
        datagrams += count;
        bytes += length;
        fec.ifPresent(encoder -> {
            int at = 0;
            for (int i = 0; i < count; i++) {
                encoder.onMedia(run, at, lengths[i]);
                at += lengths[i];
            }
        });
    }

    /** Nothing more is sent: the parity that is still owed goes out. */
    void flush() {
        fec.ifPresent(FecEncoder::flush);
    }

    boolean hasDeparted() {
        return departedNs != NEVER;
    }

    /** The stream's clock at a moment of the loop, as it went when the last datagram left. */
    long time90k(long nowNs) {
        return departed90k + Math.floorDiv((nowNs - departedNs) * 9, 100_000L);
    }

    long datagrams() {
        return datagrams;
    }

    /** Of media, on one way, without UDP and IP headers. */
    long bytes() {
        return bytes;
    }

    long parityDatagrams() {
        return parityDatagrams;
    }

    private final class ParitySink implements FecSink {
        @Override
        public void onColumn(byte[] array, int offset, int length) {
            parityDatagrams++;
            ways.forEach(way -> way.column(array, offset, length));
        }

        @Override
        public void onRow(byte[] array, int offset, int length) {
            parityDatagrams++;
            ways.forEach(way -> way.row(array, offset, length));
        }
    }
}

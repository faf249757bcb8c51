package lancaster.fec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import lancaster.bytes.Bytes;
import lancaster.rtp.RtpFixtures;
import lancaster.rtp.RtpPacket;

/** Packets with their parity, in the order they are sent. */
final class SentFec implements FecSink {
    /** A packet, and on which port it goes. */
    record Sent(RtpPacket packet, int portOffset) {
        boolean media() {
            return portOffset == 0;
        }
    }

    final List<Sent> sent = new ArrayList<>();
    final FecEncoder encoder;

    SentFec(FecSettings settings) {
        encoder = new FecEncoder(settings, 0xFFF0, 7, this);
    }

    /** Sends the packets of these numbers. */
    static SentFec of(FecSettings settings, long first, int count) {
        SentFec made = new SentFec(settings);
        for (int i = 0; i < count; i++) {
            made.media(RtpFixtures.packet(first + i));
        }
        return made;
    }

    void media(RtpPacket packet) {
        sent.add(new Sent(packet, 0));
        packet.bytes().writeTo(encoder::onMedia);
    }

    List<RtpPacket> on(int portOffset) {
        return sent.stream()
                .filter(one -> one.portOffset() == portOffset)
                .map(Sent::packet)
                .toList();
    }

    @Override
    public void onColumn(byte[] array, int offset, int length) {
        add(array, offset, length, FecSettings.COLUMN_PORT_OFFSET);
    }

    @Override
    public void onRow(byte[] array, int offset, int length) {
        add(array, offset, length, FecSettings.ROW_PORT_OFFSET);
    }

    private void add(byte[] array, int offset, int length, int portOffset) {
        Bytes copy = Bytes.wrap(Arrays.copyOfRange(array, offset, offset + length));
        sent.add(new Sent(RtpFixtures.parsed(copy), portOffset));
    }
}

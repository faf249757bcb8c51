package lancaster.receiver;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.OptionalInt;
import lancaster.fec.FecSettings;
import lancaster.multicast.ReceiverSettings;
import lancaster.rtp.Mp2tPacketizer;

/**
 * Which sockets are opened for a stream.
 *
 * @param rtp whether the datagrams are said to be RTP packets
 * @param payloadType of the RTP packets
 * @param program which program of the transport stream is taken; empty: the first
 */
public record ReceptionPlan(List<Path> paths, boolean rtp, int payloadType, OptionalInt program) {
    private static final int MAX_PORT = 65_535;

    /** What comes to a port. */
    public enum Port {
        MEDIA,
        /** Parity of columns and rows (SMPTE ST 2022-1). */
        PARITY
    }

    /** @param parity sockets for error correction beside the media's */
    public record Path(ReceiverSettings media, List<ReceiverSettings> parity) {
        public Path {
            parity = List.copyOf(parity);
        }
    }

    public ReceptionPlan {
        paths = List.copyOf(paths);
    }

    /** The usual plan: with RTP, parity may come to the ports behind the media's. */
    static ReceptionPlan of(List<ReceiverSettings> media, boolean rtp, OptionalInt program) {
        List<Path> paths = media.stream()
                .map(one -> new Path(one, rtp ? parityPorts(one) : List.of()))
                .toList();
        return new ReceptionPlan(paths, rtp, Mp2tPacketizer.PAYLOAD_TYPE, program);
    }

    private static List<ReceiverSettings> parityPorts(ReceiverSettings media) {
        int port = media.address().getPort();
        return List.of(FecSettings.COLUMN_PORT_OFFSET, FecSettings.ROW_PORT_OFFSET).stream()
                .filter(offset -> port + offset <= MAX_PORT)
                .map(offset -> onPort(media, port + offset))
                .toList();
    }

    private static ReceiverSettings onPort(ReceiverSettings media, int port) {
        return new ReceiverSettings(
                new InetSocketAddress(media.address().getAddress(), port),
                media.source(),
                media.networkInterface(),
                media.receiveBufferBytes());
    }

    /** Whether datagrams of both plans mean the same, so that what was begun may go on. */
    boolean isLike(ReceptionPlan other) {
        return paths.size() == other.paths.size()
                && rtp == other.rtp
                && payloadType == other.payloadType
                && program.equals(other.program);
    }

    /** For people and logs. */
    String text() {
        return String.join(
                " and ", paths.stream().map(path -> path.media().toString()).toList());
    }
}

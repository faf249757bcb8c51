package lancaster.rtmfp.packet;

import java.net.InetSocketAddress;
import java.util.List;
import lancaster.bytes.Bytes;
import lancaster.kit.Hex;
import lancaster.rtmfp.packet.PeerAddress.Origin;

/** One chunk of every type, with all fields set. */
final class Chunks {
    static final OptionList OPTIONS = OptionList.of(
            new Option(UserData.USER_METADATA, Hex.bytes("54430400")),
            new Option(UserData.RETURN_FLOW_ASSOCIATION, Hex.bytes("02")));
    static final PeerAddress INET4 = new PeerAddress(new InetSocketAddress("192.0.2.7", 1935), Origin.OBSERVED);
    static final PeerAddress INET6 = new PeerAddress(new InetSocketAddress("2001:db8::7", 65535), Origin.REPORTED);

    private static final Bytes TAG = Hex.bytes("000102030405060708090a0b0c0d0e0f");
    private static final Bytes COOKIE = Bytes.wrap(new byte[64]);
    private static final Bytes CERTIFICATE = Bytes.wrap(new byte[132]);

    private Chunks() {}

    /** Those of session startup. */
    static List<Chunk> startup() {
        return List.of(
                new InitiatorHello(Hex.bytes("050a6c697665"), TAG),
                new ResponderHello(TAG, COOKIE, CERTIFICATE),
                new ResponderRedirect(TAG, List.of(INET4, INET6)),
                new RHelloCookieChange(COOKIE, TAG),
                new InitiatorInitialKeying(0xFFFF_FFFEL, COOKIE, CERTIFICATE, TAG, Bytes.of('X')),
                new ResponderInitialKeying(2, TAG, Bytes.of('X')),
                new Fragment(true, 1L << 62, 127, TAG));
    }

    /** Those of open sessions. */
    static List<Chunk> session() {
        UserData data = new UserData(FragmentControl.BEGIN, false, false, 3, 1_000_000, 20, OPTIONS, TAG);
        return List.of(
                new ForwardedInitiatorHello(Hex.bytes("050a6c697665"), INET6, TAG),
                new Ping(TAG),
                new PingReply(TAG),
                data,
                NextUserData.after(data, FragmentControl.END, false, true, OptionList.EMPTY, TAG),
                new AckBitmap(5, 127, 16, Hex.bytes("7906")),
                new AckRanges(5, 127, 16, Hex.bytes("00000103")),
                new BufferProbe(-1),
                new FlowExceptionReport(7, -1),
                new SessionCloseRequest(),
                new SessionCloseAcknowledgement(),
                new Fragment(false, 5, 0, TAG));
    }

    static Bytes startupPacket() {
        return packet(PacketHeader.startup(0xFFA7), startup());
    }

    static Bytes sessionPacket() {
        return packet(new PacketHeader(Mode.RESPONDER, true, true, 0, 0xFFFF), session());
    }

    static Bytes packet(PacketHeader header, List<Chunk> chunks) {
        PacketWriter writer = new PacketWriter(4_096).begin(header);
        chunks.forEach(writer::add);
        return writer.packet();
    }
}

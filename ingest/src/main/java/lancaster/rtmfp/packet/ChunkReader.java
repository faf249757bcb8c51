package lancaster.rtmfp.packet;

import lancaster.bytes.Bytes;
import lancaster.rtmfp.packet.MalformedPacketException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the chunks of a plain packet (RFC 7016 §2.2.4, §2.3). Types that are unknown, or that the packet's mode
 * doesn't allow, are passed over; padding ends it. A malformed chunk throws from {@link #chunk} and costs itself alone:
 *
 * <pre>{@code
 * ChunkReader reader = new ChunkReader(packet);
 * while (reader.advance()) {
 *     try {
 *         handle(reader.chunk());
 *     } catch (MalformedPacketException e) {
 *         count(e.reason());
 *     }
 * }
 * }</pre>
 */
public final class ChunkReader {
    private static final int IGNORE = 0x00;
    private static final int PADDING = 0xFF;

    private final PacketCursor in;
    private final int packetLength;
    private final PacketHeader header;
    private int nextAt;
    private @Nullable ChunkType type;
    private @Nullable FlowData data;
    private int skipped;

    /** Reads the header; the packet is malformed where that is cut off or has the forbidden mode. */
    public ChunkReader(Bytes plainPacket) {
        in = new PacketCursor(plainPacket);
        packetLength = plainPacket.length();
        header = PacketHeader.read(in);
        nextAt = in.position();
    }

    public PacketHeader header() {
        return header;
    }

    /** Goes to the next chunk of a known type; false where there is none. */
    public boolean advance() {
        while (packetLength - nextAt >= Chunk.HEADER_BYTES) {
            in.window(nextAt, packetLength);
            int code = in.u8();
            int length = in.u16();
            if (length > in.remaining()) {
                break;
            }
            int from = in.position();
            nextAt = from + length;
            ChunkType next = ChunkType.of(code);
            if (next != null && next.isAllowedIn(header.mode())) {
                in.window(from, nextAt);
                type = next;
                return true;
            }
            skipped += code == IGNORE || code == PADDING ? 0 : 1;
        }
        nextAt = packetLength;
        type = null;
        return false;
    }

    /** The chunk that {@link #advance} went to; to be called once for each, in order. */
    public Chunk chunk() {
        if (type == null) {
            throw new IllegalStateException("at no chunk");
        }
        return switch (type) {
            case FRAGMENT -> Fragment.read(in);
            case INITIATOR_HELLO -> InitiatorHello.read(in);
            case FORWARDED_INITIATOR_HELLO -> ForwardedInitiatorHello.read(in);
            case RESPONDER_HELLO -> ResponderHello.read(in);
            case RESPONDER_REDIRECT -> ResponderRedirect.read(in);
            case RHELLO_COOKIE_CHANGE -> RHelloCookieChange.read(in);
            case INITIATOR_INITIAL_KEYING -> InitiatorInitialKeying.read(in);
            case RESPONDER_INITIAL_KEYING -> ResponderInitialKeying.read(in);
            case PING -> Ping.read(in);
            case PING_REPLY -> PingReply.read(in);
            case USER_DATA -> userData();
            case NEXT_USER_DATA -> nextUserData();
            case ACK_BITMAP -> AckBitmap.read(in);
            case ACK_RANGES -> AckRanges.read(in);
            case BUFFER_PROBE -> BufferProbe.read(in);
            case FLOW_EXCEPTION_REPORT -> FlowExceptionReport.read(in);
            case SESSION_CLOSE_REQUEST -> new SessionCloseRequest();
            case SESSION_CLOSE_ACKNOWLEDGEMENT -> new SessionCloseAcknowledgement();
        };
    }

    /** Chunks of types that were unknown or not allowed here, so far. */
    public int skipped() {
        return skipped;
    }

    private FlowData userData() {
        // Were this one malformed, the next would be taken for the successor of another.
        data = null;
        UserData read = UserData.read(in);
        data = read;
        return read;
    }

    private FlowData nextUserData() {
        FlowData previous = data;
        data = null;
        if (previous == null) {
            throw Reason.ORDER.exception();
        }
        NextUserData read = NextUserData.read(in, previous);
        data = read;
        return read;
    }
}

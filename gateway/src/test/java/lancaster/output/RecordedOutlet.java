package lancaster.output;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import lancaster.bytes.Bytes;
import lancaster.multicast.MulticastSettings;
import lancaster.multicast.net.DatagramOutlet;
import lancaster.multicast.net.SendError;
import lancaster.multicast.net.SenderStats;

/** Keeps what would have been sent. */
public final class RecordedOutlet implements DatagramOutlet {
    private static final int SOURCE_PORT = 40_000;

    public MulticastSettings settings;
    public final List<Bytes> datagrams = new ArrayList<>();
    /** When each of them left. */
    public final List<Long> timesNs = new ArrayList<>();

    private final LongSupplier clock;
    private long bytes;
    private long calls;
    private long failed;
    boolean closed;
    /** Whether the kernel takes nothing any more. */
    boolean deaf;

    public RecordedOutlet(MulticastSettings settings) {
        this(settings, () -> 0);
    }

    RecordedOutlet(MulticastSettings settings, LongSupplier clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public InetSocketAddress localAddress() {
        return new InetSocketAddress(settings.source(), SOURCE_PORT);
    }

    @Override
    public void send(byte[] array, int offset, int length, int segmentBytes) {
        if (closed) {
            throw new IllegalStateException("sent after its end");
        }
        calls++;
        for (int from = 0; from < length; from += segmentBytes) {
            int size = Math.min(segmentBytes, length - from);
            if (deaf) {
                failed++;
            } else {
                datagrams.add(Bytes.wrap(Arrays.copyOfRange(array, offset + from, offset + from + size)));
                timesNs.add(clock.getAsLong());
                bytes += size;
            }
        }
    }

    @Override
    public void adjust(int ttl, int dscp, boolean loopback) {
        settings = new MulticastSettings(
                settings.group(), settings.networkInterface(), settings.source(), ttl, dscp, loopback);
    }

    @Override
    public SenderStats stats() {
        Map<SendError, Long> errors = failed == 0 ? Map.of() : Map.of(SendError.ADDRESS_GONE, failed);
        return new SenderStats(datagrams.size(), bytes, calls, errors);
    }

    @Override
    public void close() {
        closed = true;
    }
}

package lancaster.output;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.Optional;
import lancaster.bytes.Bytes;
import lancaster.multicast.IpLiteral;
import lancaster.multicast.MulticastException;
import lancaster.multicast.MulticastSettings;
import lancaster.multicast.ReceiverSettings;
import lancaster.multicast.net.DatagramOutlet;
import lancaster.runloop.RunLoop;
import lancaster.sap.SapDirectory;
import lancaster.sap.SapPacket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A group of announcements on one interface: says ours, hears those of others. Owner: the multicast loop. */
final class SapChannel implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SapChannel.class);
    private static final int RECEIVE_BUFFER_BYTES = 256 << 10;
    private static final long RETRY_NS = 30_000_000_000L;

    /**
     * Where it is.
     *
     * @param ttl of the sessions: Deviation: §3 has 255, but what is announced further than it is sent can't be watched
     */
    record Place(InetAddress group, String interfaceName, InetAddress source, int ttl, boolean loopback) {}

    private final Place place;
    private final MulticastOutlets outlets;
    private final RunLoop loop;
    private final SapDirectory directory = new SapDirectory();
    private Optional<DatagramOutlet> outlet = Optional.empty();
    private MulticastOutlets.Ear ear = () -> {};
    private long triedNs = Long.MIN_VALUE;

    SapChannel(Place place, MulticastOutlets outlets, RunLoop loop) {
        this.place = place;
        this.outlets = outlets;
        this.loop = loop;
    }

    void send(Bytes datagram) {
        // A socket whose interface went and came back never sends again.
        if (outlet.map(open -> open.stats().failed() > 0).orElse(false)) {
            close();
        }
        if (outlet.isEmpty()) {
            open();
        }
        outlet.ifPresent(open -> datagram.writeTo((array, offset, length) -> open.send(array, offset, length, length)));
    }

    /** How many sessions others announce here. */
    int heard(long nowNs) {
        directory.expire(nowNs);
        return directory.count();
    }

    /** An interface that isn't there may come back. */
    private void open() {
        long nowNs = loop.nowNs();
        if (triedNs != Long.MIN_VALUE && nowNs - triedNs < RETRY_NS) {
            return;
        }
        triedNs = nowNs;
        try {
            NetworkInterface found = NetworkInterface.getByName(place.interfaceName());
            if (found == null) {
                throw new MulticastException("interface " + place.interfaceName() + " has vanished");
            }
            InetSocketAddress group = new InetSocketAddress(place.group(), SapPacket.PORT);
            outlet = Optional.of(outlets.open(
                    new MulticastSettings(group, found, place.source(), place.ttl(), 0, place.loopback())));
            ear = outlets.listen(
                    new ReceiverSettings(group, Optional.empty(), Optional.of(found), RECEIVE_BUFFER_BYTES),
                    this::onDatagram);
        } catch (MulticastException | SocketException e) {
            LOG.warn(
                    "announcing failed group={} interface={} cause=\"{}\"",
                    IpLiteral.text(place.group()),
                    place.interfaceName(),
                    e.getMessage());
        }
    }

    /** Our own come back too; others on this box count. */
    private void onDatagram(ByteBuffer data, InetSocketAddress from, long arrivalNs) {
        boolean ours = outlet.map(open -> open.localAddress().equals(from)).orElse(false);
        if (!ours) {
            SapPacket.parse(Bytes.copyOf(data)).ifPresent(packet -> directory.onPacket(packet, arrivalNs));
        }
    }

    @Override
    public void close() {
        outlet.ifPresent(DatagramOutlet::close);
        outlet = Optional.empty();
        ear.close();
        ear = () -> {};
    }
}

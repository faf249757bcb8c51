package lancaster.output;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lancaster.fec.FecSettings;
import lancaster.multicast.InterfaceChoice;
import lancaster.multicast.MulticastException;
import lancaster.multicast.MulticastGroup;
import lancaster.multicast.MulticastSettings;
import lancaster.multicast.ReceiverSettings;
import lancaster.multicast.net.DatagramOutlet;
import lancaster.multicast.net.MulticastReceiver;
import lancaster.output.MulticastOutputSettings.Leg;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One way of a session to its receivers: an outlet for media, one for each kind of parity. The ports beside the media's
 * are those that receivers expect (RFC 3550 §11, SMPTE ST 2022-1). Owner: the multicast loop.
 */
final class MulticastWay implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MulticastWay.class);

    private static final int UDP_BYTES = 8;
    private static final int IPV4_BYTES = 20;
    private static final int IPV6_BYTES = 40;
    /** Reports of some thousand receivers at once. */
    private static final int REPORTS_BUFFER_BYTES = 256 << 10;

    private Leg leg;
    private final MulticastSettings settings;
    private final List<DatagramOutlet> open = new ArrayList<>();
    private final DatagramOutlet media;
    private final Optional<DatagramOutlet> columns;
    private final Optional<DatagramOutlet> rows;
    private final Optional<DatagramOutlet> rtcp;
    private final int mtuBytes;
    private MulticastOutlets.Members members = MulticastOutlets.Members.UNHEARD;
    private MulticastOutlets.Ear reports = () -> {};

    private MulticastWay(
            Leg leg,
            MulticastSettings settings,
            int mtuBytes,
            boolean isRtp,
            Optional<FecSettings> fec,
            MulticastOutlets outlets)
            throws MulticastException {
        this.leg = leg;
        this.settings = settings;
        this.mtuBytes = mtuBytes;
        boolean opened = false;
        try {
            media = open(0, outlets);
            columns = fec.isPresent() ? Optional.of(open(FecSettings.COLUMN_PORT_OFFSET, outlets)) : Optional.empty();
            boolean hasRows = fec.map(FecSettings::rowPackets).orElse(false);
            rows = hasRows ? Optional.of(open(FecSettings.ROW_PORT_OFFSET, outlets)) : Optional.empty();
            rtcp = isRtp ? Optional.of(open(MulticastClaims.RTCP_PORT_OFFSET, outlets)) : Optional.empty();
            members = outlets.members(settings);
            opened = true;
        } finally {
            if (!opened) {
                close();
            }
        }
    }

    /**
     * @param leg with group and interface
     * @throws MulticastException where the interface or its address can't be had
     */
    static MulticastWay open(Leg leg, MulticastOutputSettings settings, MulticastOutlets outlets)
            throws MulticastException {
        MulticastGroup group = leg.group().orElseThrow();
        InterfaceChoice choice = InterfaceChoice.of(leg.interfaceName().orElseThrow(), leg.source(), group.address());
        MulticastSettings sent = new MulticastSettings(
                group.socketAddress(),
                choice.networkInterface(),
                choice.source(),
                leg.ttl(),
                leg.dscp(),
                settings.loopback());
        return new MulticastWay(
                leg,
                sent,
                choice.chosen().mtuBytes(),
                settings.payload() == MulticastOutputSettings.Payload.RTP,
                settings.fec(),
                outlets);
    }

    private DatagramOutlet open(int portOffset, MulticastOutlets outlets) throws MulticastException {
        MulticastGroup group = settings.session();
        DatagramOutlet outlet = outlets.open(new MulticastSettings(
                group.withPort(group.port() + portOffset).socketAddress(),
                settings.networkInterface(),
                settings.source(),
                settings.ttl(),
                settings.dscp(),
                settings.loopback()));
        open.add(outlet);
        return outlet;
    }

    void media(byte[] array, int offset, int length, int segmentBytes) {
        media.send(array, offset, length, segmentBytes);
    }

    void column(byte[] array, int offset, int length) {
        columns.ifPresent(outlet -> outlet.send(array, offset, length, length));
    }

    void row(byte[] array, int offset, int length) {
        rows.ifPresent(outlet -> outlet.send(array, offset, length, length));
    }

    void rtcp(byte[] array, int offset, int length) {
        rtcp.ifPresent(outlet -> outlet.send(array, offset, length, length));
    }

    /**
     * Hears what receivers report on the port behind the media's. Nobody but its source sends to a source-specific group
     * (RFC 4607 §1), so there is nothing to hear there. That reports can't be heard stops no stream.
     */
    void listenToReports(MulticastOutlets outlets, MulticastReceiver.Listener listener) {
        MulticastGroup group = settings.session();
        if (rtcp.isEmpty() || group.isSourceSpecific()) {
            return;
        }
        InetSocketAddress address =
                group.withPort(group.port() + MulticastClaims.RTCP_PORT_OFFSET).socketAddress();
        try {
            reports = outlets.listen(
                    new ReceiverSettings(
                            address, Optional.empty(), Optional.of(settings.networkInterface()), REPORTS_BUFFER_BYTES),
                    listener);
        } catch (MulticastException e) {
            LOG.warn("no reports of receivers cause=\"{}\"", e.getMessage());
        }
    }

    boolean isAlong(Leg other) {
        return leg.isAlong(other);
    }

    /** Sends on with the TTL and the DSCP of {@code next}, which goes the same way. */
    void adjust(Leg next, boolean loopback) throws MulticastException {
        for (DatagramOutlet outlet : open) {
            outlet.adjust(next.ttl(), next.dscp(), loopback);
        }
        leg = next;
    }

    /** What is wrong with the interface for datagrams of {@code datagramBytes}, for people. */
    Optional<String> warning(int datagramBytes) {
        int packetBytes = datagramBytes + UDP_BYTES + (settings.isIpv6() ? IPV6_BYTES : IPV4_BYTES);
        return packetBytes <= mtuBytes
                ? Optional.empty()
                : Optional.of("interface " + settings.networkInterface().getName() + " has an MTU of " + mtuBytes
                        + ": packets of " + packetBytes + " bytes leave it in pieces, and one lost piece loses all");
    }

    InetAddress source() {
        return settings.source();
    }

    MulticastOutputStats.Way stats() {
        return new MulticastOutputStats.Way(
                leg,
                settings.networkInterface().getName(),
                Optional.of(settings.source()),
                media.stats(),
                columns.map(DatagramOutlet::stats),
                rows.map(DatagramOutlet::stats),
                members.joins());
    }

    @Override
    public void close() {
        reports.close();
        members.close();
        open.forEach(DatagramOutlet::close);
    }
}

package lancaster.output;

import java.net.InetAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;
import lancaster.bytes.Bytes;
import lancaster.fec.FecSettings;
import lancaster.multicast.IpLiteral;
import lancaster.multicast.MulticastGroup;
import lancaster.output.MulticastOutputStats.Way;
import lancaster.rtp.NtpTime;
import lancaster.sdp.MulticastSession;
import lancaster.sdp.MulticastSession.Fec;
import lancaster.sdp.MulticastSession.Leg;
import lancaster.sdp.MulticastSession.Payload;
import lancaster.sdp.MulticastSession.Version;
import lancaster.sdp.SdpWriter;
import lancaster.stream.StreamPath;

/** What is sent, as session descriptions: the same for files and announcements. May be used from any thread. */
public final class MulticastSessions {
    private final InstantSource clock;
    private final Map<StreamPath, Described> described = new ConcurrentHashMap<>();

    /** What was described last, and which version of it that was. */
    private record Described(MulticastSession session, Version version) {}

    MulticastSessions(InstantSource clock) {
        this.clock = clock;
    }

    /** What receivers must know; empty while nothing is open. */
    public static Optional<MulticastSession> session(MulticastOutputStats stats) {
        if (!stats.isOpen()
                || stats.ways().stream().anyMatch(way -> way.interfaceName().isEmpty())) {
            return Optional.empty();
        }
        List<Leg> legs = new ArrayList<>();
        boolean sourcesDiffer = stats.ways().stream()
                        .map(way -> way.leg().group().map(MulticastGroup::address))
                        .distinct()
                        .count()
                < stats.ways().size();
        for (Way way : stats.ways()) {
            MulticastGroup group = way.leg().group().orElseThrow();
            // Old networks can't join by source (IGMPv2): only where it must be it is said.
            boolean needsSource = group.isSourceSpecific() || sourcesDiffer;
            legs.add(new Leg(
                    IpLiteral.text(group.address()),
                    group.port(),
                    way.source().filter(source -> needsSource).map(IpLiteral::text),
                    group.isIpv6() ? Optional.empty() : Optional.of(way.leg().ttl())));
        }
        MulticastOutputSettings settings = stats.settings();
        return Optional.of(new MulticastSession(
                stats.path().toString(),
                settings.payload() == MulticastOutputSettings.Payload.RTP ? Payload.RTP : Payload.UDP,
                legs,
                settings.fec().map(MulticastSessions::fec),
                Optional.empty()));
    }

    /** The description of a session that is sent; empty while nothing is open. */
    public Optional<Bytes> description(MulticastOutputStats stats) {
        return session(stats).map(session -> {
            InetAddress from = stats.ways().get(0).source().orElseThrow();
            Described now = described.compute(
                    stats.path(), (path, before) -> described(path, before, session, IpLiteral.text(from)));
            String text = SdpWriter.text(lancaster.sdp.SessionWriter.describe(session, now.version()));
            return Bytes.wrap(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        });
    }

    /** A playlist of one entry that VLC opens; empty while nothing is open. */
    public static Optional<String> playlist(MulticastOutputStats stats) {
        return address(stats).map(address -> "#EXTM3U\n#EXTINF:-1," + stats.path() + "\n" + address + "\n");
    }

    /** The address of the first way as VLC takes it: {@code rtp://SOURCE@GROUP:PORT}; empty while nothing is open. */
    public static Optional<String> address(MulticastOutputStats stats) {
        return session(stats).map(session -> {
            Leg leg = session.legs().get(0);
            String scheme = session.payload() == Payload.RTP ? "rtp" : "udp";
            return scheme + "://" + leg.source().map(MulticastSessions::host).orElse("") + "@" + host(leg.group()) + ":"
                    + leg.port();
        });
    }

    void forget(StreamPath path) {
        described.remove(path);
    }

    private Described described(
            StreamPath path,
            @org.jspecify.annotations.Nullable Described before,
            MulticastSession session,
            String from) {
        if (before != null
                && before.session().equals(session)
                && before.version().address().equals(from)) {
            return before;
        }
        long seconds = NtpTime.of(clock.instant()).bits() >>> 32;
        long version =
                before == null ? seconds : Math.max(seconds, before.version().version() + 1);
        return new Described(session, new Version(from, sessionId(path), version));
    }

    /** The same after every restart, so that listeners see a new version and not another session. */
    private static long sessionId(StreamPath path) {
        CRC32 crc = new CRC32();
        crc.update(path.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return crc.getValue();
    }

    private static Fec fec(FecSettings settings) {
        return new Fec(
                FecSettings.COLUMN_PORT_OFFSET,
                settings.rowPackets() ? Optional.of(FecSettings.ROW_PORT_OFFSET) : Optional.empty());
    }

    private static String host(String address) {
        return address.indexOf(':') < 0 ? address : "[" + address + "]";
    }
}

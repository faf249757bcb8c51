package lancaster.doctor;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import lancaster.multicast.AddressFinding;
import lancaster.multicast.AddressPlan;
import lancaster.multicast.IpLiteral;
import lancaster.multicast.MulticastGroup;

/** The group that was asked for: whether it arrives, from whom, and where it gets lost if it doesn't. */
final class GroupCheck implements Check {
    private static final String ADDRESS = "group-address";
    private static final String GROUP = "group";
    private static final String TTL = "ttl";
    /** A stream that sends nothing for so long has stopped. */
    private static final Duration SILENCE = Duration.ofSeconds(3);

    @Override
    public List<Finding> findings(Situation situation) {
        if (situation.group().isEmpty()) {
            return List.of(Finding.ok(
                    TTL, "", "streams leave with TTL 1 unless their key `ttl` says more: they stay in their subnet"));
        }
        GroupReception reception = situation.group().get();
        MulticastGroup group = reception.group();
        List<Finding> findings = new ArrayList<>();
        Optional<AddressFinding> address =
                new AddressPlan(AddressPlan.DEFAULT_RANGE).check(group.address(), group.toString());
        address.ifPresent(bad -> findings.add(
                bad.refused()
                        ? Finding.problem(ADDRESS, "", bad.message(), "")
                        : Finding.warning(ADDRESS, "", bad.message(), "")));
        if (group.isSourceSpecific() && group.source().isEmpty()) {
            findings.add(Finding.warning(
                    ADDRESS,
                    "",
                    IpLiteral.text(group.address())
                            + " is source-specific, and no source was named: routers don't carry" + " such joins",
                    "--group SOURCE@" + IpLiteral.text(group.address(), group.port())));
        }
        findings.add(reception(reception));
        reception.onTheWire().ifPresent(wire -> ttl(reception, wire).ifPresent(findings::add));
        return findings;
    }

    private static Finding reception(GroupReception reception) {
        String name = reception.interfaceName();
        if (!reception.error().isEmpty()) {
            return Finding.problem(GROUP, name, reception.group() + " can't be joined: " + reception.error(), "");
        }
        if (reception.datagrams() == 0) {
            return nothing(reception);
        }
        double seconds = reception.listenedNs() / 1e9;
        String what = String.format(
                Locale.ROOT,
                "%s: %d datagrams, %.2f Mbit/s, from %s",
                reception.group(),
                reception.datagrams(),
                reception.bytes() * 8 / 1e6 / seconds,
                list(reception.senders()));
        if (reception.silentNs() > SILENCE.toNanos()) {
            return Finding.problem(
                    GROUP,
                    name,
                    what + ", but none in the last " + QuerierCheck.seconds(reception.silentNs())
                            + ": the sender stopped, or a switch forgot that we joined",
                    "see the finding about the querier; then the sender");
        }
        return reception.senders().size() > 1
                ? Finding.warning(
                        GROUP,
                        name,
                        what + ": several send to the same group and port",
                        "give each stream a group of its own, or name the source")
                : Finding.ok(GROUP, name, what);
    }

    private static Finding nothing(GroupReception reception) {
        String name = reception.interfaceName();
        MulticastGroup group = reception.group();
        String seconds = QuerierCheck.seconds(reception.listenedNs());
        Optional<GroupReception.Wire> wire = reception.onTheWire();
        if (wire.isPresent() && wire.get().datagrams() > 0) {
            String what = group + ": " + wire.get().datagrams() + " datagrams arrived at " + name + " in " + seconds
                    + ", from " + list(wire.get().senders());
            boolean otherSource = group.source()
                    .map(source -> !wire.get().senders().contains(source))
                    .orElse(false);
            return otherSource
                    ? Finding.problem(
                            GROUP,
                            name,
                            what + ", and none from "
                                    + IpLiteral.text(group.source().get()) + ", the source that was named",
                            "name the address that the sender really uses")
                    : Finding.problem(
                            GROUP,
                            name,
                            what + ", and none reached the socket: this host drops them",
                            "see the findings about the reverse path and the firewall");
        }
        return Finding.problem(
                GROUP,
                name,
                "nothing came of " + group + " in " + seconds + " on " + name
                        + (wire.isPresent() ? ", not even on the wire" : ""),
                "see at the sender: is it on air, by which interface, with which source, with a TTL above the number of"
                        + " routers between? Then at the switches and routers: querier, IGMPv3, PIM");
    }

    private static Optional<Finding> ttl(GroupReception reception, GroupReception.Wire wire) {
        if (wire.ttl().isEmpty()) {
            return Optional.empty();
        }
        String dscp = wire.dscp().isPresent() ? ", DSCP " + wire.dscp().getAsInt() : "";
        return Optional.of(Finding.ok(
                TTL,
                reception.interfaceName(),
                reception.group() + " arrives with TTL " + wire.ttl().getAsInt() + dscp
                        + (wire.ttl().getAsInt() == 1 ? ": no router will carry it further" : "")));
    }

    private static String list(List<InetAddress> senders) {
        return senders.stream().map(IpLiteral::text).collect(Collectors.joining(", "));
    }
}

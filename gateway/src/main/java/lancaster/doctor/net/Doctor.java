package lancaster.doctor.net;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import lancaster.doctor.Counters;
import lancaster.doctor.GroupReception;
import lancaster.doctor.Heard;
import lancaster.doctor.IgmpTable;
import lancaster.doctor.KernelFiles;
import lancaster.doctor.Link;
import lancaster.doctor.MldTable;
import lancaster.doctor.Report;
import lancaster.doctor.RouteUsed;
import lancaster.doctor.Routes;
import lancaster.doctor.SelfTest;
import lancaster.doctor.Situation;
import lancaster.multicast.IpLiteral;

/** Gathers the facts about this host and its network, one after the other, on the thread of the caller. */
public final class Doctor {
    /** Joins have to be told before a leave means something. */
    private static final long JOINS_TOLD_NS = TimeUnit.MILLISECONDS.toNanos(400);

    private static final long PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(10);
    /** The kernel's tables needn't be looked at as often: what is looked for stays. */
    private static final long TABLES_PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(200);

    private static final List<String> ORDINARY_GROUPS = List.of("239.255.0.1", "ff15::8000:1");

    /** Is told how the examination goes on. */
    public interface Progress {
        void listening(List<String> interfaceNames, long passedNs, long totalNs);
    }

    private final Question question;
    private final Progress progress;
    private final KernelFiles files = new KernelFiles(Path.of("/"));
    private final TestGroups groups;
    private final Set<InetAddress> ours = new HashSet<>();

    private Doctor(Question question, RandomGenerator random, Progress progress) {
        this.question = question;
        this.progress = progress;
        this.groups = new TestGroups(random);
    }

    /** @throws IllegalArgumentException where the interface doesn't exist; the message says which do */
    public static Report examine(Question question, RandomGenerator random, Progress progress) throws IOException {
        return new Doctor(question, random, progress).examine();
    }

    private Report examine() throws IOException {
        List<Link> links = HostLinks.all();
        List<Link> checked = checked(links);
        List<Link> tried = checked.stream()
                .filter(link -> link.usable() || (link.up() && link.loopback()))
                .toList();
        List<RouteUsed> routes = new ArrayList<>();
        for (InetAddress group : routedGroups(links)) {
            routes.add(HostFacts.routeTo(group));
        }
        List<SelfTest> selfTests = new ArrayList<>();
        for (Link link : tried) {
            selfTests.addAll(new SelfReception(groups).test(link));
        }
        Counters before = Counters.read(files);
        List<Heard> heard = new ArrayList<>();
        Optional<GroupReception> group = listen(tried, groupLink(links, tried, routes), heard);
        return Report.of(new Situation(
                files,
                links,
                checked.stream().map(Link::name).toList(),
                question.interfaceName().isPresent(),
                Routes.read(files),
                routes,
                IgmpTable.read(files),
                before,
                Counters.read(files),
                heard,
                selfTests,
                group,
                HostFacts.buffers(),
                HostFacts.firewall()));
    }

    private List<Link> checked(List<Link> links) {
        if (question.interfaceName().isEmpty()) {
            return links.stream().filter(Link::usable).toList();
        }
        String wanted = question.interfaceName().get();
        Optional<InetAddress> address = IpLiteral.parse(wanted);
        return links.stream()
                .filter(link -> address.map(link::has).orElse(link.name().equals(wanted)))
                .findFirst()
                .map(List::of)
                .orElseThrow(() -> new IllegalArgumentException("there is no interface " + wanted + "; there is "
                        + links.stream()
                                .map(link -> link.name() + " (" + link.addressText() + ")")
                                .collect(Collectors.joining(", "))));
    }

    private List<InetAddress> routedGroups(List<Link> links) {
        if (question.group().isPresent()) {
            return List.of(question.group().get().address());
        }
        List<InetAddress> routed = new ArrayList<>();
        for (String literal : ORDINARY_GROUPS) {
            boolean ipv6 = literal.contains(":");
            if (links.stream().filter(Link::usable).anyMatch(ipv6 ? Link::hasIpv6 : Link::hasIpv4)) {
                IpLiteral.parse(literal).ifPresent(routed::add);
            }
        }
        return routed;
    }

    /** Where the group is joined: on the interface that was named, else where a viewer's socket would join it. */
    private Optional<Link> groupLink(List<Link> links, List<Link> tried, List<RouteUsed> routes) {
        if (question.group().isEmpty()) {
            return Optional.empty();
        }
        if (question.interfaceName().isPresent() || tried.size() == 1) {
            return tried.stream().findFirst();
        }
        return routes.stream()
                .flatMap(route -> route.source().stream())
                .flatMap(source -> links.stream().filter(link -> link.has(source)))
                .findFirst()
                .or(() -> tried.stream().findFirst());
    }

    private Optional<GroupReception> listen(List<Link> tried, Optional<Link> groupLink, List<Heard> heard)
            throws IOException {
        List<LinkListener> listeners = new ArrayList<>();
        List<LeaveQuestion> leaves = new ArrayList<>();
        Optional<GroupReceiver> receiver =
                groupLink.map(link -> GroupReceiver.open(question.group().orElseThrow(), link));
        try {
            for (Link link : tried) {
                listeners.add(LinkListener.open(link));
                if (!link.loopback()) {
                    LeaveQuestion.join(link, false, groups).ifPresent(leaves::add);
                    LeaveQuestion.join(link, true, groups).ifPresent(leaves::add);
                }
            }
            leaves.forEach(leave -> ours.add(leave.group()));
            long startNs = System.nanoTime();
            long endNs = hear(tried, listeners, leaves, receiver, startNs);
            Set<InetAddress> joined = joined();
            Optional<GroupReception.Wire> wire = Optional.empty();
            for (int i = 0; i < tried.size(); i++) {
                Link link = tried.get(i);
                heard.add(listeners
                        .get(i)
                        .heard(
                                endNs - startNs,
                                isAnswered(leaves, link, false),
                                isAnswered(leaves, link, true),
                                joined::contains));
                if (groupLink.isPresent() && groupLink.get().equals(link)) {
                    wire = listeners.get(i).wire(question.group().orElseThrow());
                }
            }
            Optional<GroupReception.Wire> onTheWire = wire;
            return receiver.map(one -> one.reception(endNs - startNs, endNs, onTheWire));
        } finally {
            listeners.forEach(LinkListener::close);
            receiver.ifPresent(GroupReceiver::close);
            for (LeaveQuestion leave : leaves) {
                leave.close();
            }
        }
    }

    /** Until the time is over; gives back when that was. */
    private long hear(
            List<Link> tried,
            List<LinkListener> listeners,
            List<LeaveQuestion> leaves,
            Optional<GroupReceiver> receiver,
            long startNs)
            throws IOException {
        long totalNs = question.listen().toNanos();
        long nowNs = startNs;
        long tablesNs = startNs;
        boolean left = false;
        List<String> names = tried.stream().map(Link::name).toList();
        while (nowNs - startNs < totalNs) {
            for (LinkListener listener : listeners) {
                listener.drain(nowNs);
            }
            if (receiver.isPresent()) {
                receiver.get().drain(nowNs);
            }
            if (!left && nowNs - startNs >= JOINS_TOLD_NS) {
                left = true;
                for (LeaveQuestion leave : leaves) {
                    leave.leave(files);
                }
            }
            if (nowNs - tablesNs >= TABLES_PERIOD_NS) {
                tablesNs = nowNs;
                leaves.forEach(leave -> leave.isAnswered(files));
                progress.listening(names, nowNs - startNs, totalNs);
            }
            LockSupport.parkNanos(PERIOD_NS);
            nowNs = System.nanoTime();
        }
        return nowNs;
    }

    private boolean isAnswered(List<LeaveQuestion> leaves, Link link, boolean ipv6) {
        return leaves.stream()
                .filter(leave -> leave.link().equals(link) && leave.ipv6() == ipv6)
                .anyMatch(leave -> leave.isAnswered(files));
    }

    /** The groups of this host's programs, and our own. */
    private Set<InetAddress> joined() {
        Set<InetAddress> joined = new HashSet<>(ours);
        question.group().ifPresent(group -> joined.add(group.address()));
        IgmpTable.read(files).rows().values().forEach(row -> row.groups()
                .forEach(member -> joined.add(member.group())));
        MldTable.read(files).rows().values().forEach(row -> row.forEach(member -> joined.add(member.group())));
        return joined;
    }
}

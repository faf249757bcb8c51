package lancaster.doctor.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.util.Optional;
import lancaster.doctor.IgmpTable;
import lancaster.doctor.KernelFiles;
import lancaster.doctor.Link;
import lancaster.doctor.MldTable;

/**
 * Makes a querier ask, in a way that shows in the kernel's tables. Two sockets join a group, one from any source, one
 * from one source; when the first leaves, the host tells {@code TO_IN(source)}, and a querier has to ask who else wants
 * the group (RFC 3376 §6.4.2, RFC 3810 §7.4.2). As this host is still a member, the timer of the group starts.
 */
final class LeaveQuestion implements AutoCloseable {
    private final Link link;
    private final InetAddress group;
    private final DatagramChannel any;
    private final DatagramChannel one;
    private boolean telling;
    private boolean answered;

    private LeaveQuestion(Link link, InetAddress group, DatagramChannel any, DatagramChannel one) {
        this.link = link;
        this.group = group;
        this.any = any;
        this.one = one;
    }

    /** Joins; empty where the interface can't. */
    static Optional<LeaveQuestion> join(Link link, boolean ipv6, TestGroups groups) {
        StandardProtocolFamily family = ipv6 ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
        Optional<InetAddress> source = SelfReception.source(link, ipv6);
        if (source.isEmpty()) {
            return Optional.empty();
        }
        InetAddress group = groups.next(ipv6, false);
        try {
            NetworkInterface existing = HostLinks.existing(link);
            LeaveQuestion question =
                    new LeaveQuestion(link, group, DatagramChannel.open(family), DatagramChannel.open(family));
            try {
                question.any.bind(new InetSocketAddress(0));
                question.one.bind(new InetSocketAddress(0));
                question.any.join(group, existing);
                question.one.join(group, existing, source.get());
                return Optional.of(question);
            } catch (IOException | RuntimeException e) {
                question.close();
                return Optional.empty();
            }
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    boolean ipv6() {
        return !(group instanceof java.net.Inet4Address);
    }

    Link link() {
        return link;
    }

    InetAddress group() {
        return group;
    }

    /** Leaves, once the joins have been told; in the old versions the timer runs by itself and tells nothing. */
    void leave(KernelFiles files) throws IOException {
        telling = !timer(files);
        any.close();
    }

    /** Looks whether somebody has asked by now. */
    boolean isAnswered(KernelFiles files) {
        answered |= telling && timer(files);
        return answered;
    }

    private boolean timer(KernelFiles files) {
        return ipv6()
                ? MldTable.read(files)
                        .group(link.name(), group)
                        .map(member -> member.timerRuns() || member.reporter())
                        .orElse(false)
                : IgmpTable.read(files)
                        .row(link.name())
                        .flatMap(row -> row.group(group))
                        .map(member -> member.timerRuns() || member.reporter())
                        .orElse(false);
    }

    @Override
    public void close() throws IOException {
        any.close();
        one.close();
    }
}

package lancaster.doctor;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code /proc/net/igmp6}: the IPv6 groups that each interface receives. What holds for the timers of
 * {@link IgmpTable} holds here; the version of MLD isn't in it (net/ipv6/mcast.c of Linux).
 */
public record MldTable(Map<String, List<Member>> rows) {
    private static final int TIMER_RUNNING = 0x01;
    private static final int LAST_REPORTER = 0x02;

    public record Member(InetAddress group, int users, boolean timerRuns, boolean reporter) {}

    public static MldTable read(KernelFiles files) {
        return parse(files.lines("proc/net/igmp6"));
    }

    static MldTable parse(List<String> lines) {
        Map<String, List<Member>> rows = new LinkedHashMap<>();
        for (String line : lines) {
            String[] fields = line.strip().split("\\s+", -1);
            if (fields.length >= 6
                    && fields[2].matches("[0-9a-f]{32}")
                    && fields[3].matches("\\d{1,9}")
                    && fields[4].matches("[0-9A-F]{8}")) {
                int flags = Integer.parseUnsignedInt(fields[4], 16);
                rows.computeIfAbsent(fields[1], name -> new ArrayList<>())
                        .add(new Member(
                                KernelAddress.ipv6(fields[2]),
                                Integer.parseInt(fields[3]),
                                (flags & TIMER_RUNNING) != 0,
                                (flags & LAST_REPORTER) != 0));
            }
        }
        return new MldTable(rows);
    }

    public List<Member> groups(String interfaceName) {
        return rows.getOrDefault(interfaceName, List.of());
    }

    public Optional<Member> group(String interfaceName, InetAddress group) {
        return groups(interfaceName).stream()
                .filter(member -> member.group().equals(group))
                .findFirst();
    }
}

package lancaster.doctor;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code /proc/net/igmp}: of each interface the version of IGMP that it speaks and the groups that it receives.
 *
 * <p>The column "Querier" is V2 or V1 where that version is forced, or where such a querier was heard of late (for
 * robustness × interval + response time; 400 s in older kernels). V3 is what stands there otherwise: it doesn't mean that
 * anybody asks. A group's timer runs while an answer waits: in versions 1 and 2 to any query and behind a join, in
 * version 3 to queries of this group alone. General queries of version 3, the usual ones, are answered by a timer of the
 * interface that is nowhere to be seen. "Reporter" is 1 once the group's timer has run out and stays; in version 3 it
 * so tells that this group was asked for (net/ipv4/igmp.c of Linux).
 */
public record IgmpTable(Map<String, Row> rows) {
    private static final String NO_MULTICAST = "NONE";

    /**
     * An interface.
     *
     * @param version 1 to 3; 0 in a kernel without multicast
     */
    public record Row(int version, List<Member> groups) {
        public Optional<Member> group(InetAddress group) {
            return groups.stream()
                    .filter(member -> member.group().equals(group))
                    .findFirst();
        }
    }

    /** A group of an interface; how many sockets joined it, whether its timer runs, whether that ever ran out. */
    public record Member(InetAddress group, int users, boolean timerRuns, boolean reporter) {}

    public static IgmpTable read(KernelFiles files) {
        return parse(files.lines("proc/net/igmp"));
    }

    static IgmpTable parse(List<String> lines) {
        Map<String, Row> rows = new LinkedHashMap<>();
        List<Member> members = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith("\t")) {
                member(line.strip().split("\\s+", -1)).ifPresent(members::add);
            } else if (line.contains(":") && !line.startsWith("Idx")) {
                members = new ArrayList<>();
                String[] head = line.substring(0, line.indexOf(':')).strip().split("\\s+", -1);
                String[] tail = line.substring(line.indexOf(':') + 1).strip().split("\\s+", -1);
                if (head.length == 2 && tail.length == 2) {
                    rows.put(head[1], new Row(version(tail[1]), members));
                }
            }
        }
        return new IgmpTable(rows);
    }

    public Optional<Row> row(String interfaceName) {
        return Optional.ofNullable(rows.get(interfaceName));
    }

    private static int version(String column) {
        return column.equals(NO_MULTICAST) || !column.matches("V[123]") ? 0 : column.charAt(1) - '0';
    }

    /** {@code 070707EF 1 1:00000019 0}; the group as the processor has it, which is little-endian here. */
    private static Optional<Member> member(String[] fields) {
        if (fields.length < 4 || !fields[0].matches("[0-9A-F]{8}") || !fields[1].matches("\\d{1,9}")) {
            return Optional.empty();
        }
        return Optional.of(new Member(
                KernelAddress.ipv4(fields[0]),
                Integer.parseInt(fields[1]),
                fields[2].startsWith("1:"),
                fields[3].equals("1")));
    }
}

package lancaster.doctor;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The kernel's counters: of the host ({@code snmp}, {@code netstat}) and of IPv6 on each interface ({@code dev_snmp6}). */
public record Counters(Map<String, Long> host, Map<String, Map<String, Long>> ipv6) {
    /** Packets that came by an interface where their sender's address has no route. */
    public static final String REVERSE_PATH = "TcpExt.IPReversePathFilter";
    /** Datagrams that found no room in their socket. */
    public static final String UDP_OVERFLOW = "Udp.RcvbufErrors";

    public static final String MLD_QUERIES_IN = "Icmp6InGroupMembQueries";
    public static final String MLD1_REPORTS_OUT = "Icmp6OutGroupMembResponses";
    public static final String MLD2_REPORTS_OUT = "Icmp6OutMLDv2Reports";

    public static Counters read(KernelFiles files) {
        Map<String, Long> host = new LinkedHashMap<>();
        pairs(files.lines("proc/net/snmp"), host);
        pairs(files.lines("proc/net/netstat"), host);
        Map<String, Map<String, Long>> ipv6 = new LinkedHashMap<>();
        for (String name : files.names("proc/net/dev_snmp6")) {
            Map<String, Long> counters = new LinkedHashMap<>();
            for (String line : files.lines("proc/net/dev_snmp6/" + name)) {
                String[] fields = line.strip().split("\\s+", -1);
                if (fields.length == 2 && fields[1].matches("\\d{1,18}")) {
                    counters.put(fields[0], Long.valueOf(fields[1]));
                }
            }
            ipv6.put(name, counters);
        }
        return new Counters(host, ipv6);
    }

    public long host(String name) {
        return host.getOrDefault(name, 0L);
    }

    public long ipv6(String interfaceName, String name) {
        return ipv6.getOrDefault(interfaceName, Map.of()).getOrDefault(name, 0L);
    }

    /** Two lines each, {@code Udp: NAME NAME …} and {@code Udp: 1 2 …}. */
    private static void pairs(List<String> lines, Map<String, Long> into) {
        for (int i = 0; i + 1 < lines.size(); i += 2) {
            String[] names = lines.get(i).strip().split("\\s+", -1);
            String[] values = lines.get(i + 1).strip().split("\\s+", -1);
            if (names.length != values.length || !names[0].equals(values[0])) {
                continue;
            }
            for (int k = 1; k < names.length; k++) {
                if (values[k].matches("-?\\d{1,18}")) {
                    into.put(names[0].replace(":", ".") + names[k], Long.valueOf(values[k]));
                }
            }
        }
    }
}

package lancaster.doctor;

import java.util.Comparator;
import java.util.List;

/**
 * What was found, worst first.
 *
 * @param means how it was found out: {@code packets} and {@code kernel tables}, or the latter alone
 */
public record Report(String means, long listenedNs, List<Finding> findings) {
    private static final List<Check> CHECKS = List.of(
            new LinkCheck(),
            new SelfReceptionCheck(),
            new GroupCheck(),
            new QuerierCheck(),
            new VersionCheck(),
            new SnoopingCheck(),
            new BridgeCheck(),
            new ReversePathCheck(),
            new RouteCheck(),
            new FirewallCheck(),
            new BufferCheck(),
            new LimitCheck());

    public Report {
        findings = List.copyOf(findings);
    }

    public static Report of(Situation situation) {
        List<Finding> findings = CHECKS.stream()
                .flatMap(check -> check.findings(situation).stream())
                .sorted(Comparator.comparingInt(finding -> order(finding.verdict())))
                .toList();
        boolean packets = situation.heard().stream().anyMatch(Heard::packets);
        long listenedNs =
                situation.heard().stream().mapToLong(Heard::listenedNs).max().orElse(0);
        return new Report(packets ? "packets and kernel tables" : "kernel tables", listenedNs, findings);
    }

    public long count(Verdict verdict) {
        return findings.stream().filter(finding -> finding.verdict() == verdict).count();
    }

    private static int order(Verdict verdict) {
        return switch (verdict) {
            case PROBLEM -> 0;
            case WARNING -> 1;
            case UNKNOWN -> 2;
            case OK -> 3;
        };
    }
}

package lancaster.doctor;

import java.util.ArrayList;
import java.util.List;

/** A report for people: a line for each finding. */
public final class ReportText {
    private ReportText() {}

    public static List<String> lines(Report report) {
        List<String> lines = new ArrayList<>();
        int width = report.findings().stream()
                .mapToInt(finding -> subject(finding).length())
                .max()
                .orElse(0);
        for (Finding finding : report.findings()) {
            String fix = finding.fix().isEmpty() ? "" : ". To do: " + finding.fix();
            lines.add(String.format(
                    "%-7s  %-" + Math.max(1, width) + "s  %s%s",
                    finding.verdict().word(),
                    subject(finding),
                    finding.message(),
                    fix));
        }
        lines.add(String.format(
                "%d %s, %d %s, %d unknown, %d ok; told by %s, %s of listening",
                report.count(Verdict.PROBLEM),
                report.count(Verdict.PROBLEM) == 1 ? "problem" : "problems",
                report.count(Verdict.WARNING),
                report.count(Verdict.WARNING) == 1 ? "warning" : "warnings",
                report.count(Verdict.UNKNOWN),
                report.count(Verdict.OK),
                report.means(),
                QuerierCheck.seconds(report.listenedNs())));
        return lines;
    }

    private static String subject(Finding finding) {
        return finding.interfaceName().isEmpty() ? finding.check() : finding.interfaceName() + " " + finding.check();
    }
}

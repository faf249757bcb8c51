package lancaster.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import lancaster.doctor.Report;
import lancaster.doctor.ReportJson;
import lancaster.doctor.ReportText;
import lancaster.doctor.Verdict;
import lancaster.doctor.net.Doctor;
import lancaster.doctor.net.Question;
import lancaster.multicast.MulticastGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code doctor}: why multicast does or doesn't work here. */
@Command(
        name = "doctor",
        description = "Tell why multicast does or doesn't work on this host and its network. Exit code 1 if there is a"
                + " problem. Who runs it as root, or with the right CAP_NET_RAW, gets to know more.")
final class DoctorCommand implements Callable<Integer> {
    private static final int PROBLEMS = 1;
    private static final double NS_PER_SECOND = 1e9;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--interface",
            paramLabel = "NAME|ADDRESS",
            description = "The interface to look at; without it all that can carry multicast.")
    Optional<String> interfaceName = Optional.empty();

    @Option(
            names = "--group",
            paramLabel = "[SOURCE@]GROUP:PORT",
            description = "A group that should arrive here, such as 10.0.0.5@232.10.1.7:5004.")
    Optional<String> group = Optional.empty();

    @Option(
            names = "--listen",
            paramLabel = "TIME",
            description = "How long to listen; 10s unless said. Queriers ask every 125 s: 130s makes sure of them.")
    Duration listen = Duration.ofSeconds(10);

    @Option(names = "--json", description = "Print the findings for programs.")
    boolean json;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Line line = new Line(spec.commandLine().getErr());
        Report report;
        try {
            Question question = new Question(interfaceName, group.map(MulticastGroup::parse), listen);
            report = Doctor.examine(question, new SecureRandom(), line);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        } finally {
            line.end();
        }
        if (json) {
            out.println(ReportJson.text(report));
        } else {
            ReportText.lines(report).forEach(out::println);
        }
        out.flush();
        return report.count(Verdict.PROBLEM) > 0 ? PROBLEMS : ExitCode.OK;
    }

    /** Where it stands: a line that is written over on a terminal, else one line in all. */
    private static final class Line implements Doctor.Progress {
        private final PrintWriter err;
        private final boolean isTerminal = Terminal.isStandardError();
        private long shown = -1;

        Line(PrintWriter err) {
            this.err = err;
        }

        @Override
        public void listening(List<String> interfaceNames, long passedNs, long totalNs) {
            long second = (long) (passedNs / NS_PER_SECOND);
            if (second == shown || (!isTerminal && shown >= 0)) {
                return;
            }
            shown = second;
            String where = interfaceNames.isEmpty() ? "nowhere" : "on " + String.join(", ", interfaceNames);
            String total = Math.round(totalNs / NS_PER_SECOND) + " s";
            if (isTerminal) {
                err.print("\rlistening " + where + ": " + second + " of " + total + " ");
                err.flush();
            } else {
                err.println("listening " + where + " for " + total);
            }
        }

        void end() {
            if (isTerminal && shown >= 0) {
                err.print("\r\u001b[K");
                err.flush();
            }
        }
    }
}

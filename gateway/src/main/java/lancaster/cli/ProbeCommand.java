package lancaster.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import lancaster.net.Loops;
import lancaster.probe.ProbeJson;
import lancaster.probe.ProbeReport;
import lancaster.probe.ProbeText;
import lancaster.probe.net.ProbeException;
import lancaster.probe.net.ProbeRequest;
import lancaster.probe.net.Probes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code probe URL}: what a stream really is. */
@Command(
        name = "probe",
        description =
                "Tell what a stream really is: tracks, codecs, rates, groups of pictures, the faults of its times;"
                        + " of multicast loss, jitter and bursts.")
final class ProbeCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec = CommandSpec.create();

    @Parameters(
            index = "0",
            paramLabel = "URL",
            description = "rtmp://HOST/APP/NAME, http(s) of a playlist (.m3u8), of FLV or of TS,"
                    + " udp:// or rtp://[SOURCE@]GROUP:PORT, or a file.")
    String url = "";

    @Option(
            names = "--interface",
            paramLabel = "NAME|ADDRESS",
            description = "The interface to join a group on; without it that of the route.")
    Optional<String> interfaceName = Optional.empty();

    @Option(names = "--seconds", paramLabel = "N", description = "For how long to look at it; 10 unless said.")
    int seconds = 10;

    @Option(names = "--json", description = "Print what was found for programs.")
    boolean json;

    @Override
    public Integer call() throws IOException {
        if (seconds < 1) {
            throw new ParameterException(spec.commandLine(), "--seconds needs a number above 0");
        }
        PrintWriter out = spec.commandLine().getOut();
        try (Loops loops = Loops.start(1)) {
            ProbeReport report = Probes.probe(new ProbeRequest(url, interfaceName, Duration.ofSeconds(seconds)), loops);
            if (json) {
                out.println(ProbeJson.text(report));
            } else {
                ProbeText.lines(report).forEach(out::println);
            }
            out.flush();
            return ExitCode.OK;
        } catch (ProbeException e) {
            throw switch (e.reason()) {
                case ADDRESS -> new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
                case UNAVAILABLE -> new CommandException(ExitCode.UNAVAILABLE, String.valueOf(e.getMessage()));
                case NO_INPUT -> new CommandException(ExitCode.NO_INPUT, String.valueOf(e.getMessage()));
                case DATA -> new CommandException(ExitCode.DATA, String.valueOf(e.getMessage()));
            };
        }
    }
}

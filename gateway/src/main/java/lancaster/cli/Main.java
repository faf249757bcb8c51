package lancaster.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import lancaster.access.Role;
import lancaster.app.Logging;
import lancaster.bytes.ProtocolException;
import lancaster.config.ConfigException;
import lancaster.config.ConfigReader;
import lancaster.stream.StreamPath;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code lancaster COMMAND}. */
@Command(
        name = "lancaster",
        description = "A multicast broadcast gateway: one live stream to every desk.",
        versionProvider = Main.Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class Main implements Runnable {
    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Print the version.")
    boolean version;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Explain a command.")
    boolean help;

    /** Netty takes a stack trace of every hundredth buffer to find leaks; tests find them, and this costs CPU. */
    private static final String LEAK_DETECTION = "io.netty.leakDetection.level";

    /**
     * Makes Java refuse new handshakes that a client asks for on a TLS 1.2 connection: they cost us many times what they
     * cost him, and nobody needs them (RFC 9325 §3.5; RFC 9113 §9.2.1). It is read once, before the first handshake.
     */
    private static final String NO_RENEGOTIATION = "jdk.tls.rejectClientInitiatedRenegotiation";

    /** Each as it is needed: to look at all of them takes longer than anything else at a start. */
    private static final Map<String, Supplier<Object>> COMMANDS = commands();

    @Spec
    CommandSpec spec = CommandSpec.create();

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String built = Main.class.getPackage().getImplementationVersion();
            return new String[] {"lancaster " + Optional.ofNullable(built).orElse("(not packaged)")};
        }
    }

    public static void main(String[] arguments) {
        if (System.getProperty(LEAK_DETECTION) == null) {
            System.setProperty(LEAK_DETECTION, "disabled");
        }
        System.setProperty(NO_RENEGOTIATION, "true");
        System.exit(commandLine(arguments).execute(arguments));
    }

    private static Map<String, Supplier<Object>> commands() {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("run", RunCommand::new);
        commands.put("demo", DemoCommand::new);
        commands.put("publish", PublishCommand::new);
        commands.put("receive", ReceiveCommand::new);
        commands.put("check", CheckCommand::new);
        commands.put("key", KeyCommand::new);
        commands.put("reload", ReloadCommand::new);
        commands.put("account", AccountCommand::new);
        commands.put("token", TokenCommand::new);
        commands.put("sign", SignCommand::new);
        commands.put("doctor", DoctorCommand::new);
        commands.put("probe", ProbeCommand::new);
        commands.put("support-bundle", SupportBundleCommand::new);
        return commands;
    }

    /** With all commands, or only the one that {@code arguments} begin with. */
    static CommandLine commandLine(String... arguments) {
        CommandLine commandLine = new CommandLine(new Main());
        boolean named = arguments.length > 0 && COMMANDS.containsKey(arguments[0]);
        COMMANDS.forEach((name, command) -> {
            if (!named || name.equals(arguments[0])) {
                commandLine.addSubcommand(name, command.get());
            }
        });
        commandLine.getCommandSpec().exitCodeOnInvalidInput(ExitCode.USAGE);
        commandLine.getSubcommands().values().forEach(Main::exitCodes);
        commandLine.registerConverter(StreamPath.class, Main::streamPath);
        commandLine.registerConverter(Duration.class, Main::duration);
        commandLine.registerConverter(Role.class, Main::role);
        commandLine.setExecutionExceptionHandler((problem, command, parsed) -> report(problem, command.getErr()));
        return commandLine;
    }

    private static void exitCodes(CommandLine command) {
        command.getCommandSpec().exitCodeOnInvalidInput(ExitCode.USAGE);
        command.getSubcommands().values().forEach(Main::exitCodes);
    }

    private static StreamPath streamPath(String text) {
        try {
            return StreamPath.parse(text);
        } catch (ProtocolException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    private static Role role(String word) {
        return Role.parse(word).orElseThrow(() -> new TypeConversionException("needs a role: " + Role.WORDS));
    }

    private static Duration duration(String text) {
        return ConfigReader.duration(text)
                .orElseThrow(() -> new TypeConversionException("needs a duration such as 4s, 1m or 24h"));
    }

    private static int report(Exception problem, PrintWriter err) {
        if (problem instanceof CommandException command) {
            ("lancaster: " + command.getMessage()).lines().forEach(line -> err.println(Logging.errorPrefix() + line));
            return command.exitCode();
        }
        if (problem instanceof ConfigException config) {
            config.errors().forEach(error -> err.println(Logging.errorPrefix() + error));
            return ExitCode.CONFIG;
        }
        problem.printStackTrace(err);
        return ExitCode.SOFTWARE;
    }

    /** Without a command: what there is. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }
}

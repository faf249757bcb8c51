package lancaster.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lancaster.access.LocalToken;
import lancaster.app.SupportBundle;
import lancaster.config.AdminConfig;
import lancaster.config.ConfigException;
import lancaster.config.ConfigListing;
import lancaster.config.ConfigReader;
import lancaster.config.GatewayConfig;
import lancaster.doctor.ReportText;
import lancaster.doctor.net.Doctor;
import lancaster.doctor.net.Question;

/** What is to be known of a gateway, its configuration and its machine, each by itself: the one may fail without the other. */
final class SupportFacts {
    private static final Duration HTTP_TIMEOUT = Duration.ofSeconds(10);
    private static final long PROGRAM_TIMEOUT_S = 20;
    private static final int KEY_CHARS = 12;
    private static final String END_OF_DUMP = "JNI global refs";
    private static final int LOOKS = 25;
    private static final long LOOK_MS = 200;
    /** What says how it does; keys and accounts are none of a supporter's business. */
    private static final List<String> ROUTES = List.of(
            "statistics",
            "streams",
            "publications",
            "multicasts",
            "receivers",
            "republishers",
            "pulls",
            "doctor",
            "log?level=warn&limit=1000");

    private static final String[] UNITS = {"lancaster.service", "lancaster-receiver.service", "run-lancaster.mount"};

    private final Optional<Path> config;
    private final Path state;
    private final Duration since;
    private final Duration listen;

    SupportFacts(Optional<Path> config, Path state, Duration since, Duration listen) {
        this.config = config;
        this.state = state;
        this.since = since;
        this.listen = listen;
    }

    /** All that can be found of keys and passwords. */
    List<String> secrets() {
        List<String> all = new ArrayList<>();
        keyFiles().forEach(file -> all.addAll(words(file)));
        config.ifPresent(file -> {
            try {
                all.addAll(ConfigListing.of(file).secrets());
            } catch (IOException e) {
                // Then nothing of it goes anywhere either.
            }
        });
        return all;
    }

    private List<Path> keyFiles() {
        List<Path> folders = new ArrayList<>(List.of(state.resolve("keys")));
        config.map(file -> file.resolveSibling("keys")).ifPresent(folders::add);
        List<Path> files =
                new ArrayList<>(List.of(state.resolve("access/one-time-secret"), state.resolve("access/local-token")));
        for (Path folder : folders) {
            try (Stream<Path> found = Files.walk(folder)) {
                found.filter(Files::isRegularFile).forEach(files::add);
            } catch (IOException e) {
                // There are none, or they are not for us.
            }
        }
        return files;
    }

    private static List<String> words(Path file) {
        try {
            // What is shorter is no key; it says until when an old one is good.
            return Stream.of(Files.readString(file).split("\\s+", -1))
                    .filter(word -> word.length() >= KEY_CHARS && !word.contains(":"))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    void addTo(SupportBundle bundle) {
        bundle.add("about.txt", this::about);
        bundle.add("configuration.txt", this::configuration);
        bundle.add("check.txt", this::check);
        bundle.add("health.txt", () -> http("/healthz") + "\n" + http("/readyz"));
        bundle.add("metrics.txt", () -> managed("/metrics"));
        bundle.add("statistics.txt", this::statistics);
        bundle.add("threads.txt", SupportFacts::threads);
        bundle.add(
                "service.txt",
                () -> program("systemctl", "--no-pager", "--full", "status", UNITS[0], UNITS[1], UNITS[2]));
        bundle.add("journal.txt", this::journal);
        bundle.add("files.txt", this::files);
        bundle.add("network.txt", this::network);
        bundle.add("doctor.txt", this::doctor);
    }

    private String about() throws Exception {
        Runtime runtime = Runtime.getRuntime();
        return String.join(" ", new Main.Version().getVersion())
                + "\ntime " + InstantSource.system().instant()
                + "\njava " + System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version")
                + "\nprocessors " + runtime.availableProcessors()
                + "\n\n" + program("uname", "-a")
                + "\n" + program("cat", "/etc/os-release", "/proc/meminfo", "/proc/loadavg")
                + "\n" + program("uptime");
    }

    private String configuration() throws IOException {
        return config.isEmpty()
                ? "none was named\n"
                : config.get() + "\n"
                        + String.join("\n", ConfigListing.of(config.get()).lines()) + "\n";
    }

    private GatewayConfig configured() {
        return config.map(file -> ConfigReader.read(file, List.of()))
                .orElseGet(() -> ConfigReader.withoutFile(List.of()));
    }

    private String check() {
        try {
            return configured().warnings().stream()
                    .map(Object::toString)
                    .collect(Collectors.joining("\n", "no error\n", "\n"));
        } catch (ConfigException e) {
            return e.errors().stream().map(Object::toString).collect(Collectors.joining("\n")) + "\n";
        }
    }

    private String http(String path) throws Exception {
        URI uri = URI.create(DemoAddresses.httpHere(configured().http().listen()) + path);
        return asked(HttpRequest.newBuilder(uri));
    }

    /** What only those may read who manage the gateway: with the token that it leaves for commands on its machine. */
    private String managed(String path) throws Exception {
        GatewayConfig known = configured();
        Optional<AdminConfig> admin = known.security().admin();
        String here = DemoAddresses.httpHere(
                admin.map(AdminConfig::listen).orElse(known.http().listen()));
        boolean tls = admin.map(AdminConfig::tls).orElse(false);
        URI uri = URI.create((tls ? here.replaceFirst("^http:", "https:") : here) + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        try {
            request.header("Authorization", "Bearer " + LocalToken.read(state.resolve("access")));
        } catch (IOException e) {
            // Then the answer says what is missing.
        }
        return asked(request);
    }

    private static String asked(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder().connectTimeout(HTTP_TIMEOUT).build();
        HttpRequest asked = request.timeout(HTTP_TIMEOUT).build();
        HttpResponse<String> answer = client.send(asked, HttpResponse.BodyHandlers.ofString());
        return asked.uri() + " " + answer.statusCode() + "\n" + answer.body();
    }

    /** What the gateway measures, one after the other. */
    private String statistics() throws InterruptedException {
        StringBuilder all = new StringBuilder();
        for (String route : ROUTES) {
            try {
                all.append(managed("/api/v1/" + route));
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                all.append("/api/v1/").append(route).append(" can't be had: ").append(e);
            }
            all.append("\n\n");
        }
        return all.toString();
    }

    private String journal() throws Exception {
        List<String> command = new ArrayList<>(List.of("journalctl", "--no-pager", "--output", "short-iso-precise"));
        command.addAll(List.of("--since", "-" + since.toSeconds() + "s"));
        for (String unit : UNITS) {
            command.addAll(List.of("--unit", unit));
        }
        return program(command.toArray(String[]::new));
    }

    /** Java prints what its threads are at when it is asked by this signal, even if all of them hang. */
    private static String threads() throws Exception {
        StringBuilder all = new StringBuilder();
        for (String unit : List.of(UNITS[0], UNITS[1])) {
            String pid = output("systemctl", "show", "--property", "MainPID", "--value", unit)
                    .strip();
            if (!pid.matches("[1-9][0-9]*")) {
                all.append(unit).append(" doesn't run here\n");
                continue;
            }
            Instant asked = InstantSource.system().instant();
            all.append(program("kill", "-QUIT", pid));
            String from = "@" + asked.getEpochSecond();
            String said = "";
            for (int look = 0; look < LOOKS && !said.contains(END_OF_DUMP); look++) {
                TimeUnit.MILLISECONDS.sleep(LOOK_MS);
                said = output("journalctl", "--no-pager", "--output", "cat", "--since", from, "_PID=" + pid);
            }
            all.append(said).append('\n');
        }
        return all.toString();
    }

    private String files() throws Exception {
        return program("ls", "-lAR", "--time-style=full-iso", state.toString()) + "\n"
                + program("df", "-h", state.toString(), "/run/lancaster");
    }

    private String network() throws Exception {
        return program("ip", "-details", "address")
                + "\n" + program("ip", "route", "show", "table", "all")
                + "\n" + program("ip", "maddress")
                + "\n" + program("cat", "/proc/net/igmp", "/proc/net/udp", "/proc/net/snmp");
    }

    private String doctor() throws Exception {
        Question question = new Question(Optional.empty(), Optional.empty(), listen);
        return String.join(
                "\n",
                ReportText.lines(Doctor.examine(question, new SecureRandom(), (interfaces, passed, total) -> {})));
    }

    private static String program(String... command) throws InterruptedException {
        return "$ " + String.join(" ", command) + "\n" + output(command);
    }

    /** What a program prints, errors too; what it can't is no reason to fail. */
    private static String output(String... command) throws InterruptedException {
        StringWriter text = new StringWriter();
        PrintWriter lines = new PrintWriter(text);
        try {
            Path output = Files.createTempFile("lancaster-support", ".txt");
            try {
                Process process = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
                process.getOutputStream().close();
                if (!process.waitFor(PROGRAM_TIMEOUT_S, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    lines.println("(doesn't end)");
                }
                lines.print(new String(Files.readAllBytes(output), StandardCharsets.UTF_8));
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            lines.println(e.getMessage());
        }
        lines.flush();
        return text.toString();
    }
}

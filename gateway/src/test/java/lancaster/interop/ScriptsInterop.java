package lancaster.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import lancaster.access.Role;
import lancaster.kit.Program;
import lancaster.kit.Requirement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Those who manage the box by scripts of curl and jq: who they are, what they may, what they hear. */
@Tag("interop")
@Execution(ExecutionMode.CONCURRENT)
class ScriptsInterop {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PASSWORD = "correct horse battery";
    private static final String OWN_PAGE = "X-Lancaster-Request: 1";
    /** Method, path and needed role of every operation, but for the answer that has no end. */
    private static final String OPERATIONS =
            """
            .paths | to_entries[] | .key as $path | .value | to_entries[]
            | select(.key | IN("get", "put", "post", "patch", "delete"))
            | select($path | endswith("/events") | not)
            | [(.key | ascii_upcase), $path, .value["x-role"]] | @tsv
            """;

    private static final Pattern EVENT =
            Pattern.compile("id: (?<id>[^\\n]+)\\nevent: (?<type>[^\\n]+)\\ndata: (?<data>[^\\n]+)\\n\\n");

    @TempDir
    Path folder;

    private TestGateway gateway;

    @BeforeEach
    void start() throws Exception {
        Path file = Files.writeString(folder.resolve("lancaster.yaml"), "streams: { \"*/*\": { key: none } }\n");
        gateway = TestGateway.of(folder, file);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void aJarOfCookiesIsASessionThatOtherPagesCantUse() throws Exception {
        String jar = folder.resolve("cookies").toString();
        String secret =
                Files.readString(folder.resolve("state/access/one-time-secret")).strip();
        String body = "{\"secret\":\"" + secret + "\",\"name\":\"anna\",\"password\":\"" + PASSWORD + "\"}";
        assertEquals("200", status("api/v1/first-login", "--cookie-jar", jar, "--data", body));
        assertEquals("200", status("api/v1/streams", "--cookie", jar));
        assertEquals("401", status("api/v1/streams"));
        String reload = "api/v1/config/reload";
        assertEquals("403", status(reload, "--cookie", jar, "--request", "POST"));
        assertEquals(
                "403",
                status(
                        reload,
                        "--cookie",
                        jar,
                        "--request",
                        "POST",
                        "--header",
                        OWN_PAGE,
                        "--header",
                        "Origin: https://evil.example"));
        assertEquals("200", status(reload, "--cookie", jar, "--request", "POST", "--header", OWN_PAGE));
        assertEquals(
                "204",
                status(
                        "api/v1/logout",
                        "--cookie",
                        jar,
                        "--cookie-jar",
                        jar,
                        "--request",
                        "POST",
                        "--header",
                        OWN_PAGE));
        assertTrue(
                Files.readAllLines(Path.of(jar)).stream().allMatch(line -> line.isEmpty() || line.startsWith("# ")),
                "curl threw its cookie away");
        assertEquals("401", status("api/v1/streams", "--cookie", jar));
    }

    @Test
    void everyLoginIsInTheAuditLogOnce() throws Exception {
        String secret =
                Files.readString(folder.resolve("state/access/one-time-secret")).strip();
        String first = "{\"secret\":\"" + secret + "\",\"name\":\"anna\",\"password\":\"" + PASSWORD + "\"}";
        String jar = folder.resolve("cookies").toString();
        assertEquals("200", status("api/v1/first-login", "--data", first));
        String good = "{\"name\":\"anna\",\"password\":\"" + PASSWORD + "\"}";
        assertEquals("401", status("api/v1/login", "--data", good.replace("horse", "donkey")));
        assertEquals("200", status("api/v1/login", "--cookie-jar", jar, "--data", good));
        String change = "{\"old\":\"" + PASSWORD + "\",\"new\":\"a much better one\"}";
        String password = "api/v1/me/password";
        assertEquals(
                "204", status(password, "--cookie", jar, "--header", OWN_PAGE, "--request", "PUT", "--data", change));
        for (int i = 0; i < 5; i++) {
            assertEquals("204", status("api/v1/logout", "--request", "POST"), "who isn't in can go out too");
        }
        assertEquals(
                """
                anna: PUT /api/v1/me/password: done
                anna: login: done
                anna: login: this isn't right
                anna: first login with the one-time secret: done
                """,
                Program.given(
                        says("api/v1/audit", bearer(gateway.authorization())),
                        "jq",
                        "--raw-output",
                        ".entries[] | .who + \": \" + .what + \": \" + .outcome"));
    }

    /** The description says who may; curl finds out who is let. */
    @Test
    void everyOperationIsForItsRolesOverHttpToo() throws Exception {
        String description = says("api/v1/openapi.json", bearer(gateway.authorization()));
        List<String> operations = Program.given(description, "jq", "--raw-output", OPERATIONS)
                .lines()
                .toList();
        assertTrue(operations.size() > 50, operations.size() + " operations");
        List<String> wrong = new ArrayList<>();
        for (Role role : List.of(Role.ANYONE, Role.VIEW, Role.OPERATE)) {
            List<String> statuses = statuses(operations, role == Role.ANYONE ? List.of() : bearer(token(role)));
            assertEquals(operations.size(), statuses.size());
            for (int i = 0; i < statuses.size(); i++) {
                Role needed = Role.parse(operations.get(i).split("\t", -1)[2]).orElse(Role.ANYONE);
                boolean refused = List.of("401", "403").contains(statuses.get(i));
                // Ways in refuse whoever shows nothing to come in with.
                boolean wayIn = operations.get(i).contains("login");
                if ((refused == role.covers(needed) && !wayIn)
                        || statuses.get(i).startsWith("5")) {
                    wrong.add(role + " " + operations.get(i) + " " + statuses.get(i));
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    /** Of all of them, by one curl. */
    private List<String> statuses(List<String> operations, List<String> headers) throws Exception {
        List<String> arguments = new ArrayList<>();
        for (String operation : operations) {
            String[] words = operation.split("\t", -1);
            String path = words[1].replace("{stream}", "live/nobody").replaceAll("\\{[^}]*}", "nobody");
            if (!arguments.isEmpty()) {
                arguments.add("--next");
            }
            arguments.addAll(List.of("--silent", "--max-time", "60", "--output", "/dev/null"));
            arguments.addAll(List.of("--write-out", "%{http_code}\\n", "--request", words[0], "--data", "[]"));
            arguments.addAll(headers);
            arguments.add(gateway.http(path.substring(1)).toString());
        }
        return Program.says("curl", arguments.toArray(String[]::new)).lines().toList();
    }

    private String token(Role role) throws Exception {
        String made = says(
                "api/v1/tokens",
                bearer(gateway.authorization()),
                "--data",
                "{\"name\":\"" + role.word() + "\",\"role\":\"" + role.word() + "\"}");
        return "Bearer " + Program.given(made, "jq", "--raw-output", ".token").strip();
    }

    @Test
    void eventsComeWhileCurlListensAndGoOnWhereItLeft() throws Exception {
        Path heard = folder.resolve("heard");
        Process curl = listen(heard, "after", "0");
        String last;
        try (TestPublisher publisher = new TestPublisher(folder, gateway.rtmp("live/heard"))) {
            assertEquals("publishing", publisher.next());
            Eventually.holds("it is heard of", PATIENCE, () -> events(heard).stream()
                    .anyMatch(event -> event.contains("live/heard")));
            List<String> ids = ids(heard);
            last = ids.get(ids.size() - 1);
        } finally {
            curl.destroy();
            curl.waitFor();
        }
        Path more = folder.resolve("more");
        Process again = listen(more, "Last-Event-ID", last);
        try {
            Eventually.holds("that it ended", PATIENCE, () -> events(more).stream()
                    .anyMatch(event -> event.contains("live/heard")));
        } finally {
            again.destroy();
            again.waitFor();
        }
        List<String> known = ids(heard);
        assertTrue(known.stream().noneMatch(ids(more)::contains), "none comes twice: " + known + ids(more));
    }

    private Process listen(Path to, String place, String behind) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Requirement.program("curl").toString(), "--silent", "--no-buffer", "--output", to.toString()));
        command.addAll(bearer(gateway.authorization()));
        if (place.equals("after")) {
            command.add(gateway.http("api/v1/events?after=" + behind).toString());
        } else {
            command.addAll(List.of("--header", place + ": " + behind));
            command.add(gateway.http("api/v1/events").toString());
        }
        return new ProcessBuilder(command).start();
    }

    /** What jq makes of the data of those that came whole. */
    private static List<String> events(Path heard) throws Exception {
        if (!Files.exists(heard)) {
            return List.of();
        }
        String data = String.join(
                "\n",
                EVENT.matcher(Files.readString(heard))
                        .results()
                        .map(found -> found.group(3))
                        .toList());
        return Program.given(data, "jq", "--compact-output", "select(.at)")
                .lines()
                .toList();
    }

    private static List<String> ids(Path heard) throws Exception {
        return EVENT.matcher(Files.readString(heard))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private String status(String path, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("--output", "/dev/null", "--write-out", "%{http_code}"));
        arguments.addAll(List.of(more));
        return says(path, arguments);
    }

    private String says(String path, List<String> arguments, String... more) throws Exception {
        List<String> all = new ArrayList<>(List.of("--silent", "--show-error", "--max-time", "60"));
        all.addAll(arguments);
        all.addAll(List.of(more));
        all.add(gateway.http(path).toString());
        return Program.says("curl", all.toArray(String[]::new));
    }

    private static List<String> bearer(String authorization) {
        return List.of("--header", "Authorization: " + authorization);
    }
}

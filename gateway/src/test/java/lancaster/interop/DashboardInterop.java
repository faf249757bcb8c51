package lancaster.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.DatagramSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import lancaster.kit.Program;
import lancaster.kit.Requirement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the dashboard of the package asks Prometheus for, a gateway tells that publishes, sends and receives. */
@Tag("interop")
class DashboardInterop {
    private static final Path DASHBOARD = Path.of("../systemd/grafana-dashboard.json");
    private static final String NOBODY = "rtmp://127.0.0.1:9/live/nobody";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern METRIC = Pattern.compile("\\b(lancaster|jvm|process|system)_[a-z0-9_]+");
    private static final Pattern MENU = Pattern.compile("label_values\\((.*), *[a-z]+\\)");
    /** All that it has to say of the names: they are those of a library, and have been there for long. */
    private static final String NAMES_OF_MICROMETER =
            """
            process_cpu_time_ns_total metric names should not contain abbreviated units
            system_cpu_count non-histogram and non-summary metrics should not have "_count" suffix
            """;

    private static final Pattern TOLD = Pattern.compile("(?m)^([a-z_0-9]+)[{ ]");

    @TempDir
    Path folder;

    @Test
    void whatItAsksForIsTold() throws Exception {
        int port = freePort();
        String group = "239.255.78.1:" + port;
        try (TestGateway gateway = new TestGateway(
                        folder,
                        "streams.\"live/out\"={ key: none, multicast: { address: \"" + group
                                + "\", interface: lo }, republish: [\"" + NOBODY + "\"] }",
                        "streams.\"live/in\".source=rtp://127.0.0.1@" + group + "?interface=lo",
                        "streams.\"live/pulled\".source=" + NOBODY);
                TestPublisher publisher = new TestPublisher(folder, gateway.rtmp("live/out"))) {
            assertEquals("publishing", publisher.next());
            Set<String> asked = asked();
            assertTrue(asked.size() > 40, asked.toString());
            Eventually.holds("all of " + asked, PATIENCE, () -> told(gateway).containsAll(asked));
            assertEquals(
                    NAMES_OF_MICROMETER,
                    promtool("check metrics", gateway.get("metrics").body(), 3));
        }
    }

    /** Prometheus itself reads every query, those that fill the menus too. */
    @Test
    void prometheusUnderstandsEveryQuery() throws Exception {
        ObjectMapper json = new ObjectMapper();
        JsonNode dashboard = json.readTree(DASHBOARD.toFile());
        Set<String> queries = new TreeSet<>();
        for (JsonNode expression : dashboard.get("panels").findValues("expr")) {
            queries.add(expression.asText());
        }
        for (JsonNode menu : dashboard.at("/templating/list")) {
            Matcher values = MENU.matcher(menu.at("/query/query").asText());
            if (values.matches()) {
                queries.add(values.group(1));
            }
        }
        ObjectNode file = json.createObjectNode();
        ObjectNode group = file.putArray("groups").addObject().put("name", "dashboard");
        ArrayNode rules = group.putArray("rules");
        for (String query : queries) {
            rules.addObject()
                    .put("record", "dashboard:query_" + rules.size())
                    .put("expr", query.replace("$__rate_interval", "1m").replaceAll("\\$(instance|stream)", ".*"));
        }
        assertTrue(rules.size() > 50, rules.size() + " queries");
        assertTrue(queries.contains("lancaster_streams"), "the menu of boxes");
        String said = promtool("check rules", json.writeValueAsBytes(file), 0);
        assertTrue(said.contains("SUCCESS: " + rules.size() + " rules found"), said);
        rules.addObject().put("record", "dashboard:wrong").put("expr", "sum(");
        promtool("check rules", json.writeValueAsBytes(file), 1);
    }

    private String promtool(String command, byte[] input, int exit) throws Exception {
        Path promtool = Requirement.program("promtool");
        Path in = Files.write(folder.resolve("input.yaml"), input);
        boolean fromFile = command.equals("check rules");
        List<String> words = new ArrayList<>(List.of(promtool.toString()));
        words.addAll(List.of(command.split(" ", -1)));
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        if (fromFile) {
            words.add(in.toString());
        } else {
            builder.redirectInput(in.toFile());
        }
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(30, TimeUnit.SECONDS), "promtool ends");
        assertEquals(exit, process.exitValue(), said);
        return said;
    }

    /**
     * Grafana's own types, of its package @grafana/schema, have all that the dashboard says: no key that they don't know,
     * no value that they don't allow. LANCASTER_GRAFANA_SCHEMA names the folder where npm installed that and typescript.
     */
    @Test
    void grafanasOwnTypesHaveAllThatItSays() throws Exception {
        Path modules = Requirement.peers("LANCASTER_GRAFANA_SCHEMA").resolve("node_modules");
        Path tsc = Requirement.peer("LANCASTER_GRAFANA_SCHEMA", "node_modules/.bin/tsc");
        Files.createSymbolicLink(folder.resolve("node_modules"), modules);
        JsonNode dashboard = new ObjectMapper().readTree(DASHBOARD.toFile());
        assertEquals("", checked(tsc, dashboard));
        for (String at :
                List.of("", "/panels/1", "/panels/1/fieldConfig/defaults", "/panels/1/options", "/templating/list/1")) {
            JsonNode wrong = dashboard.deepCopy();
            ((ObjectNode) wrong.at(at)).put("colour", "green");
            String said = checked(tsc, wrong);
            assertTrue(said.contains("'colour' does not exist") || said.contains("\"colour\""), at + ": " + said);
        }
    }

    /** Written as a program that is right if the dashboard is. */
    private String checked(Path tsc, JsonNode dashboard) throws Exception {
        StringBuilder program = new StringBuilder(
                """
                import type { Dashboard } from '@grafana/schema';
                import type * as stat from '@grafana/schema/dist/esm/raw/composable/stat/panelcfg/x/StatPanelCfg_types.gen';
                import type * as timeseries
                    from '@grafana/schema/dist/esm/raw/composable/timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen';
                /** As JSON has it: words for enumerations; what is left out has a default. */
                type Json<T> = T extends string ? `${T}` : T extends (infer E)[] ? Json<E>[]
                    : T extends object ? { [K in keyof T]?: Json<T[K]> } : T;
                """);
        program.append("export const dashboard: Json<Dashboard> = ")
                .append(dashboard)
                .append(";\n");
        for (JsonNode panel : dashboard.get("panels")) {
            String type = panel.get("type").asText();
            if (!type.equals("row")) {
                program.append("export const options")
                        .append(panel.get("id"))
                        .append(": Json<")
                        .append(type)
                        .append(".Options> = ")
                        .append(panel.get("options"))
                        .append(";\n");
            }
            JsonNode custom = panel.at("/fieldConfig/defaults/custom");
            if (!custom.isMissingNode()) {
                program.append("export const custom")
                        .append(panel.get("id"))
                        .append(": Json<")
                        .append(type)
                        .append(".FieldConfig> = ")
                        .append(custom)
                        .append(";\n");
            }
        }
        Path file = Files.writeString(folder.resolve("dashboard.ts"), program);
        Program.Ran ran = Program.run(
                "",
                tsc.toString(),
                "--noEmit",
                "--strict",
                "--skipLibCheck",
                "--module",
                "esnext",
                "--moduleResolution",
                "bundler",
                "--target",
                "es2022",
                file.toString());
        return ran.exit() == 0 ? "" : "exit " + ran.exit() + ": " + ran.said();
    }

    @Test
    void everyPanelIsExplainedAndAsksTheChosenSource() throws Exception {
        JsonNode dashboard = new ObjectMapper().readTree(DASHBOARD.toFile());
        Set<Integer> ids = new TreeSet<>();
        for (JsonNode panel : dashboard.get("panels")) {
            assertTrue(ids.add(panel.get("id").asInt()), "panel " + panel.get("title"));
            if (panel.get("type").asText().equals("row")) {
                continue;
            }
            assertTrue(
                    panel.get("description").asText().endsWith("."),
                    panel.get("title").asText());
            for (JsonNode target : panel.get("targets")) {
                assertEquals(
                        "${datasource}", target.get("datasource").get("uid").asText());
            }
        }
    }

    private static Set<String> asked() throws Exception {
        Set<String> all = new TreeSet<>();
        Matcher matcher = METRIC.matcher(Files.readString(DASHBOARD));
        while (matcher.find()) {
            all.add(matcher.group());
        }
        return all;
    }

    private static Set<String> told(TestGateway gateway) throws Exception {
        String text = new String(gateway.get("metrics").body(), StandardCharsets.UTF_8);
        return TOLD.matcher(text).results().map(found -> found.group(1)).collect(Collectors.toSet());
    }

    private static int freePort() throws Exception {
        try (DatagramSocket socket = new DatagramSocket()) {
            return socket.getLocalPort() & ~1;
        }
    }
}

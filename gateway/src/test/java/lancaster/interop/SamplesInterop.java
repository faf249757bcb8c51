package lancaster.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import lancaster.kit.Requirement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Samples of the configuration mean the same to PyYAML, which reads YAML 1.1, as to us: no word in them is a trap. */
@Tag("interop")
class SamplesInterop {
    private static final Path SAMPLES = Path.of("../systemd/samples");
    /** Debian's; another on the PATH has other packages. */
    private static final Path PYTHON = Path.of("/usr/bin/python3");

    private static final String READ = "import json, sys, yaml; print(json.dumps(yaml.safe_load(sys.stdin)))";

    static List<Path> samples() throws IOException {
        try (Stream<Path> files = Files.list(SAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void meanTheSame(Path sample) throws Exception {
        Object ours = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(sample));
        ObjectMapper json = new ObjectMapper();
        assertEquals(json.readTree(json.writeValueAsString(ours)), theirs(json, sample));
    }

    private static JsonNode theirs(ObjectMapper json, Path sample) throws Exception {
        if (!Files.isExecutable(PYTHON)) {
            throw Requirement.missing("program " + PYTHON);
        }
        Process python = new ProcessBuilder(PYTHON.toString(), "-c", READ)
                .redirectInput(sample.toFile())
                .start();
        byte[] said = python.getInputStream().readAllBytes();
        String err = new String(python.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        if (python.waitFor() != 0 && err.contains("No module named 'yaml'")) {
            throw Requirement.missing("PyYAML (Debian: python3-yaml)");
        }
        return json.readTree(said);
    }
}

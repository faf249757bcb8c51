package lancaster.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lancaster.kit.Requirement;

/** Certificates for tests, made by openssl. */
public final class Certificates {
    private Certificates() {}

    /**
     * A certificate of localhost and 127.0.0.1, signed by itself.
     *
     * @param kind as openssl says it: {@code rsa:2048}, {@code ec}, {@code ed25519}
     */
    public static TlsFiles make(Path folder, String name, String kind) throws IOException, InterruptedException {
        Requirement.program("openssl");
        Path certificate = folder.resolve(name + ".pem");
        Path key = folder.resolve(name + ".key");
        List<String> command = new ArrayList<>(List.of("openssl", "req", "-x509", "-nodes", "-days", "30"));
        command.addAll(List.of("-newkey", kind));
        if (kind.equals("ec")) {
            command.addAll(List.of("-pkeyopt", "ec_paramgen_curve:prime256v1"));
        }
        command.addAll(List.of("-subj", "/CN=" + name, "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"));
        command.addAll(List.of("-keyout", key.toString(), "-out", certificate.toString()));
        openssl(command);
        return new TlsFiles(certificate, key);
    }

    /** Runs it; its last words come with the failure. */
    static void openssl(List<String> command) throws IOException, InterruptedException {
        Path log = Files.createTempFile("openssl", ".log");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (process.waitFor() != 0) {
                throw new IOException(command + ": " + Files.readString(log));
            }
        } finally {
            Files.delete(log);
        }
    }
}

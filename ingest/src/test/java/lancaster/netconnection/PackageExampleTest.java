package lancaster.netconnection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import lancaster.flv.FlvMessage;
import lancaster.kit.SimHost;
import lancaster.kit.SimLink;
import lancaster.kit.SimNetwork;
import lancaster.kit.SimRunLoop;
import lancaster.rtmfp.crypto.FlashCryptoProfile;
import lancaster.rtmfp.crypto.FlashIdentity;
import lancaster.rtmfp.crypto.FlashSettings;
import lancaster.rtmfp.crypto.PeerId;
import lancaster.rtmfp.session.EndpointListener;
import lancaster.rtmfp.session.PacketSink;
import lancaster.rtmfp.session.RtmfpEndpoint;
import lancaster.rtmfp.session.RtmfpSettings;
import lancaster.runloop.RunLoop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example in the documentation of the package compiles as it stands there and does what is said. */
class PackageExampleTest {
    private static final Path DOCUMENTATION = Path.of("src/main/java/lancaster/netconnection/package-info.java");
    private static final int PORT = 5000;

    @TempDir
    Path folder;

    private final SimRunLoop loop = new SimRunLoop();
    private final SimNetwork network = new SimNetwork(loop, 5);
    private final SimLink.Settings link = SimLink.Settings.delayMs(10);

    @Test
    void theExamplePlaysFromPeerToPeer() throws Exception {
        SimServer server = new SimServer(network, "203.0.113.1");
        SimHost here = network.host("198.51.100.1", link);
        SimHost there = network.host("198.51.100.2", link);
        List<String> told = new ArrayList<>();
        List<FlvMessage> played = new ArrayList<>();
        List<PeerId> asked = new ArrayList<>();
        PacketSink socket = (array, offset, length, to, timeCritical) -> here.send(PORT, array, offset, length, to);
        Consumer<SimNetwork.Receiver> datagrams = receiver -> here.bind(PORT, receiver);
        Predicate<PeerId> invited = asked::add;
        Function<EndpointListener, RtmfpEndpoint> otherEndpoint = listener -> endpoint(there, listener);
        compile();
        // Its inner classes are loaded when they are needed.
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            loader.loadClass("Example")
                    .getMethods()[0]
                    .invoke(
                            null,
                            loop,
                            network.random(),
                            loop,
                            socket,
                            datagrams,
                            otherEndpoint,
                            server.address().get(0),
                            invited,
                            (Consumer<String>) told::add,
                            (Consumer<FlvMessage>) played::add);
            loop.advanceMs(4_000);
        }
        assertEquals(1, asked.size());
        assertEquals(
                2, told.stream().filter("NetConnection.Connect.Success"::equals).count());
        assertEquals(
                2, told.stream().filter("NetStream.Connect.Success"::equals).count());
        assertTrue(played.stream().anyMatch(message -> message.type() == FlvMessage.AUDIO), played.toString());
    }

    private RtmfpEndpoint endpoint(SimHost host, EndpointListener listener) {
        RtmfpEndpoint made = new RtmfpEndpoint(
                RtmfpSettings.DEFAULTS,
                loop,
                (array, offset, length, to, timeCritical) -> host.send(PORT, array, offset, length, to),
                new FlashCryptoProfile(FlashIdentity.generate(FlashSettings.PEER, network.random()), network.random()),
                loop,
                network.random(),
                listener);
        host.bind(PORT, made::onDatagram);
        return made;
    }

    private static final List<String> IMPORTS = List.of(
            "java.time.Duration",
            "java.util.List",
            "java.util.function.Function",
            "lancaster.amf.*",
            "lancaster.bytes.Bytes",
            "lancaster.flv.FlvMessage",
            "lancaster.netconnection.*",
            "lancaster.rtmfp.crypto.*",
            "lancaster.rtmfp.session.*",
            "lancaster.rtmp.message.NetStatus");

    /** What the example takes for granted. */
    private static final String PARAMETERS = String.join(
            ", ",
            RunLoop.class.getName() + " loop",
            RandomGenerator.class.getName() + " random",
            Executor.class.getName() + " crypto",
            PacketSink.class.getName() + " socket",
            "java.util.function.Consumer<lancaster.kit.SimNetwork.Receiver> datagrams",
            "Function<EndpointListener, RtmfpEndpoint> otherEndpoint",
            InetSocketAddress.class.getName() + " server",
            "java.util.function.Predicate<PeerId> invited",
            "java.util.function.Consumer<String> told",
            "java.util.function.Consumer<FlvMessage> played");

    private void compile() throws IOException {
        StringBuilder source = new StringBuilder();
        IMPORTS.forEach(name -> source.append("import ").append(name).append(";\n"));
        source.append("public final class Example { public static void run(")
                .append(PARAMETERS)
                .append(") {\n")
                .append(code())
                .append("}}\n");
        Path file = Files.writeString(folder.resolve("Example.java"), source);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter problems = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = compiler.getTask(
                            problems,
                            files,
                            null,
                            List.of("-proc:none", "-d", folder.toString(), "-cp", classPath()),
                            null,
                            files.getJavaFileObjects(file))
                    .call();
            assertTrue(compiled, problems + "\n" + source);
        }
    }

    private static String classPath() {
        return Stream.of(NetConnection.class, SimNetwork.class)
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                .map(location -> Path.of(URI.create(location.toString())).toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** What stands between the first {@code <pre>} and its end, without the stars before it. */
    private static String code() throws IOException {
        StringBuilder code = new StringBuilder();
        boolean inside = false;
        for (String line : Files.readAllLines(DOCUMENTATION)) {
            if (line.contains("}</pre>")) {
                break;
            }
            if (inside) {
                code.append(line.replaceFirst("^ \\* ?", "")).append('\n');
            }
            inside |= line.contains("<pre>{@code");
        }
        return code.toString();
    }
}

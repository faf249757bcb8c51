package lancaster.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lancaster.multicast.IpLiteral;

/**
 * A host whose kernel's files were recorded: each begins with a line {@code --- PATH}. What was tried and heard is
 * added as the test wishes.
 */
final class RecordedHost {
    private static final String MARK = "--- ";

    private final Path root;
    private final List<Link> links = new ArrayList<>();
    private final List<String> checked = new ArrayList<>();
    private final List<RouteUsed> routes = new ArrayList<>();
    private final List<Heard> heard = new ArrayList<>();
    private final List<SelfTest> selfTests = new ArrayList<>();
    private final Map<String, Long> risen = new LinkedHashMap<>();
    private boolean named;
    private Optional<GroupReception> group = Optional.empty();
    private SocketBuffers buffers = new SocketBuffers(SocketBuffers.ASKED_BYTES, 4 << 20, 4 << 20);
    private Firewall firewall = new Firewall(true, "", List.of());

    private RecordedHost(Path root) {
        this.root = root;
    }

    /** Unpacks {@code name} into {@code folder}. */
    static RecordedHost of(String name, Path folder) {
        RecordedHost host = new RecordedHost(folder);
        String path = "";
        StringBuilder text = new StringBuilder();
        for (String line : recording(name).lines().toList()) {
            if (line.startsWith(MARK)) {
                host.file(path, text.toString());
                path = line.substring(MARK.length());
                text.setLength(0);
            } else {
                text.append(line).append('\n');
            }
        }
        host.file(path, text.toString());
        return host;
    }

    private static String recording(String name) {
        try (InputStream in = RecordedHost.class.getResourceAsStream(name + ".txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a file of the kernel anew. */
    RecordedHost file(String path, String text) {
        if (!path.isEmpty()) {
            try {
                Path file = root.resolve(path);
                Files.createDirectories(file.getParent());
                Files.writeString(file, text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return this;
    }

    static InetAddress ip(String literal) {
        return IpLiteral.parse(literal).orElseThrow();
    }

    /** An interface that is looked at. */
    RecordedHost link(String name, String... addresses) {
        checked.add(name);
        return other(new Link(name, links.size() + 1, true, false, true, 1500, addresses(addresses)));
    }

    /** An interface that is there. */
    RecordedHost other(Link link) {
        links.add(link);
        return this;
    }

    static List<LinkAddress> addresses(String... texts) {
        List<LinkAddress> addresses = new ArrayList<>();
        for (String text : texts) {
            String[] parts = text.split("/", -1);
            addresses.add(new LinkAddress(ip(parts[0]), Integer.parseInt(parts[1])));
        }
        return addresses;
    }

    RecordedHost named(String name) {
        checked.clear();
        checked.add(name);
        named = true;
        return this;
    }

    RecordedHost route(String group, String source) {
        routes.add(new RouteUsed(
                ip(group), source.isEmpty() ? Optional.empty() : Optional.of(ip(source)), "Network is unreachable"));
        return this;
    }

    RecordedHost heard(Heard one) {
        heard.add(one);
        return this;
    }

    /** Without packets, for ten seconds. */
    RecordedHost heardNothing(String name) {
        return heard(deaf(name, false));
    }

    static Heard deaf(String name, boolean answered) {
        return new Heard(
                name,
                Duration.ofSeconds(10).toNanos(),
                false,
                "listening to packets needs the right CAP_NET_RAW",
                List.of(),
                List.of(),
                answered,
                answered,
                0,
                List.of());
    }

    RecordedHost selfTest(SelfTest test) {
        selfTests.add(test);
        return this;
    }

    RecordedHost group(GroupReception reception) {
        group = Optional.of(reception);
        return this;
    }

    RecordedHost buffers(int bytes) {
        buffers = new SocketBuffers(SocketBuffers.ASKED_BYTES, bytes, bytes);
        return this;
    }

    RecordedHost firewall(Firewall other) {
        firewall = other;
        return this;
    }

    /** A counter of the host, or {@code INTERFACE/COUNTER}, has risen while listening. */
    RecordedHost risen(String counter, long by) {
        risen.put(counter, by);
        return this;
    }

    Report report() {
        KernelFiles files = new KernelFiles(root);
        Counters before = Counters.read(files);
        return Report.of(new Situation(
                files,
                links,
                checked,
                named,
                Routes.read(files),
                routes,
                IgmpTable.read(files),
                before,
                later(before),
                heard,
                selfTests,
                group,
                buffers,
                firewall));
    }

    private Counters later(Counters before) {
        Map<String, Long> host = new LinkedHashMap<>(before.host());
        Map<String, Map<String, Long>> ipv6 = new LinkedHashMap<>();
        before.ipv6().forEach((name, counters) -> ipv6.put(name, new LinkedHashMap<>(counters)));
        risen.forEach((counter, by) -> {
            if (counter.contains("/")) {
                String[] parts = counter.split("/", -1);
                ipv6.computeIfAbsent(parts[0], name -> new LinkedHashMap<>()).merge(parts[1], by, Long::sum);
            } else {
                host.merge(counter, by, Long::sum);
            }
        });
        return new Counters(host, ipv6);
    }
}

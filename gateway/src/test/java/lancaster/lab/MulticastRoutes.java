package lancaster.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lancaster.kit.Requirement;

/** Static multicast routes of a router, kept by smcroute: it joins upstream, the kernel forwards and counts down TTLs. */
final class MulticastRoutes implements AutoCloseable {
    private final LabHost router;
    private final Path folder;
    private final List<String> lines = new ArrayList<>();
    private Process daemon;

    /** Files of the routing daemon go to {@code folder}. */
    MulticastRoutes(LabHost router, Path folder) {
        this.router = router;
        this.folder = folder;
        for (Lan lan : router.lans()) {
            lines.add("phyint " + router.device(lan.name()) + " enable ttl-threshold 1");
        }
    }

    /** What a source in the LAN {@code from} sends to a group is forwarded to {@code to}. */
    MulticastRoutes add(String group, String source, String from, String to) {
        String stream = " from " + router.device(from) + " group " + group + " source " + source;
        lines.add("mgroup" + stream);
        lines.add("mroute" + stream + " to " + router.device(to));
        return this;
    }

    /** Returns once the kernel has the routes. */
    MulticastRoutes start() {
        String smcrouted = Requirement.program("smcrouted").toString();
        Path configuration = folder.resolve(router.name() + "-smcroute.conf");
        Path log = folder.resolve(router.name() + "-smcroute.log");
        try {
            Files.write(configuration, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon = router.start(
                log,
                List.of(
                        smcrouted,
                        "-nN",
                        "-f",
                        configuration.toString(),
                        "-P",
                        folder.resolve(router.name() + ".pid").toString(),
                        "-u",
                        folder.resolve(router.name() + ".sock").toString()));
        long routes = lines.stream().filter(line -> line.startsWith("mroute")).count();
        Patience.await("smcrouted has set " + routes + " routes: " + log, () -> {
            if (!daemon.isAlive()) {
                throw Requirement.missing("multicast routing by smcroute, which " + said(log));
            }
            return routes() == routes;
        });
        return this;
    }

    private static String said(Path log) {
        try {
            return "says " + Files.readString(log).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long routes() {
        return (router.namespace().proc("ip_mr_cache") + router.namespace().proc("ip6_mr_cache"))
                .lines()
                .filter(line -> !line.startsWith("Group"))
                .count();
    }

    @Override
    public void close() {
        if (daemon != null) {
            daemon.destroy();
        }
    }
}

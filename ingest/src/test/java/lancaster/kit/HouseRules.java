package lancaster.kit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The walls of the house, checked by the {@code ArchitectureTest} of each module: no floor looks up, libraries stay in
 * their rooms, clocks, threads and randomness are made by wiring alone.
 */
public final class HouseRules {
    /** The floors, lowest first; each may use those before it. */
    private static final List<String[]> FLOORS = List.of(
            new String[] {"lancaster.bytes", "lancaster.runloop", "lancaster.metrics"},
            new String[] {"lancaster.media", "lancaster.amf"},
            new String[] {"lancaster.codec..", "lancaster.flv", "lancaster.stream"},
            new String[] {
                "lancaster.net",
                "lancaster.rtmp..",
                "lancaster.multicast..",
                "lancaster.igmp..",
                "lancaster.mpegts..",
                "lancaster.isobmff",
                "lancaster.rtp",
                "lancaster.fec",
                "lancaster.sdp",
                "lancaster.sap"
            },
            new String[] {"lancaster.rtmfp..", "lancaster.rendezvous", "lancaster.netconnection"},
            new String[] {
                "lancaster.segment", "lancaster.hls", "lancaster.hds", "lancaster.endless", "lancaster.departure"
            },
            new String[] {
                "lancaster.output",
                "lancaster.receiver",
                "lancaster.publisher",
                "lancaster.republish",
                "lancaster.directory",
                "lancaster.pull",
                "lancaster.testcard",
                "lancaster.picture",
                "lancaster.doctor..",
                "lancaster.probe.."
            },
            new String[] {"lancaster.http", "lancaster.api..", "lancaster.config", "lancaster.access..", "lancaster.tls"
            },
            new String[] {"lancaster.app", "lancaster.cli"});

    /** Rooms that may know clocks, threads and randomness: they make them and hand them in. */
    private static final String[] WIRING = {"lancaster.net", "lancaster..net", "lancaster.app", "lancaster.cli"};

    private HouseRules() {}

    public static void check(JavaClasses classes) {
        floors().check(classes);
        slices().matching("lancaster.(**)")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(classes);
        only("io.netty..", "lancaster.net", "lancaster..net", "lancaster.app").check(classes);
        only("io.undertow..", "lancaster.http").check(classes);
        only("org.xnio..", "lancaster.http").check(classes);
        only(
                        "com.fasterxml.jackson..",
                        "lancaster.access..",
                        "lancaster.config",
                        "lancaster.api..",
                        "lancaster.http",
                        "lancaster.doctor",
                        "lancaster.probe")
                .check(classes);
        only("io.micrometer..", "lancaster.http").check(classes);
        only("org.bouncycastle..", "lancaster..crypto").check(classes);
        only("org.jcodec..", "lancaster.codec..", "lancaster.picture", "lancaster.testcard")
                .check(classes);
        only("picocli..", "lancaster.cli").check(classes);
        only("com.sun.jna..", "lancaster..net").check(classes);
        noClocks().check(classes);
        noThreads().check(classes);
        noPrinting().check(classes);
    }

    private static ArchRule floors() {
        var architecture = layeredArchitecture().consideringOnlyDependenciesInLayers();
        for (int i = 0; i < FLOORS.size(); i++) {
            architecture = architecture.optionalLayer("floor " + (i + 1)).definedBy(FLOORS.get(i));
        }
        var rule = architecture;
        for (int i = 0; i < FLOORS.size() - 1; i++) {
            String[] above = java.util.stream.IntStream.rangeClosed(i + 2, FLOORS.size())
                    .mapToObj(floor -> "floor " + floor)
                    .collect(Collectors.toList())
                    .toArray(String[]::new);
            rule = rule.whereLayer("floor " + (i + 1)).mayOnlyBeAccessedByLayers(above);
        }
        return rule.whereLayer("floor " + FLOORS.size()).mayNotBeAccessedByAnyLayer();
    }

    private static ArchRule only(String library, String... rooms) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(rooms)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .allowEmptyShould(true);
    }

    private static ArchRule noClocks() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(WIRING)
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callConstructor(java.util.Random.class)
                .orShould()
                .callConstructor(java.security.SecureRandom.class)
                .allowEmptyShould(true)
                .because("time and randomness are handed in");
    }

    private static ArchRule noThreads() {
        DescribedPredicate<JavaClass> threads = DescribedPredicate.describe(
                "threads or executors",
                type -> type.isEquivalentTo(Thread.class)
                        || type.isEquivalentTo(java.util.concurrent.Executors.class)
                        || type.getPackageName().equals("java.util.concurrent.locks"));
        return noClasses()
                .that()
                .resideOutsideOfPackages(WIRING)
                .should()
                .dependOnClassesThat(threads)
                .allowEmptyShould(true)
                .because("threads are made by wiring and handed in");
    }

    private static ArchRule noPrinting() {
        return noClasses()
                .that()
                .resideOutsideOfPackage("lancaster.cli")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .allowEmptyShould(true)
                .because("only commands speak to the terminal");
    }
}

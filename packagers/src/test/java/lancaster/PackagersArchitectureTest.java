package lancaster;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import lancaster.kit.HouseRules;
import org.junit.jupiter.api.Test;

/** The walls of this module, and the floors of the house below it. */
class PackagersArchitectureTest {
    /** This module's own: without jars the other modules' classes are on the class path as folders too. */
    private static final JavaClasses CLASSES = new ClassFileImporter().importPath("target/classes");

    @Test
    void keepsTheHouseRules() {
        HouseRules.check(CLASSES);
    }

    @Test
    void packagersKnowNeitherSocketsNorThreads() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.undertow..", "com.fasterxml.jackson..", "io.netty..", "java.net..")
                .allowEmptyShould(true)
                .check(CLASSES);
    }
}

package lancaster;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import lancaster.kit.HouseRules;
import org.junit.jupiter.api.Test;

/** The walls of this module, and the floors of the house below it. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(new ImportOption.DoNotIncludeJars())
            .importPackages("lancaster");

    @Test
    void keepsTheHouseRules() {
        HouseRules.check(CLASSES);
    }

    @Test
    void ingestKnowsNeitherHttpNorJson() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.undertow..", "com.fasterxml.jackson..", "io.micrometer..")
                .allowEmptyShould(true)
                .check(CLASSES);
    }
}

package org.localmass.cli;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import org.junit.jupiter.api.Test;

/** The arrows of ARCHITECTURE.md. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.localmass");

    @Test
    void modules_dependOnlyAlongTheArrows() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("core")
                .definedBy("org.localmass.core..")
                .layer("estimate")
                .definedBy("org.localmass.estimate..")
                .layer("check")
                .definedBy("org.localmass.check..")
                .layer("vi")
                .definedBy("org.localmass.vi..")
                .layer("io")
                .definedBy("org.localmass.io..")
                .layer("report")
                .definedBy("org.localmass.report..")
                .layer("experiments")
                .definedBy("org.localmass.experiments..")
                .layer("cli")
                .definedBy("org.localmass.cli..")
                .whereLayer("core")
                .mayNotAccessAnyLayer()
                .whereLayer("estimate")
                .mayOnlyAccessLayers("core")
                .whereLayer("check")
                .mayOnlyAccessLayers("core", "estimate")
                .whereLayer("vi")
                .mayOnlyAccessLayers("core", "estimate")
                .whereLayer("io")
                .mayOnlyAccessLayers("core")
                .whereLayer("report")
                .mayOnlyAccessLayers("core", "estimate", "check", "vi")
                .whereLayer("experiments")
                .mayOnlyAccessLayers("core", "estimate", "check", "vi", "io", "report")
                .whereLayer("cli")
                .mayOnlyAccessLayers("core", "estimate", "check", "vi", "io", "report", "experiments")
                .check(CLASSES);
    }

    @Test
    void core_drawsAndRegionsStandBelowMass() {
        ArchRuleDefinition.noClasses()
                .that()
                .resideInAnyPackage("org.localmass.core.draws..", "org.localmass.core.region..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.localmass.core.mass..")
                .check(CLASSES);
        slices().matching("org.localmass.core.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void core_usesNoOtherLibraries() {
        ArchRuleDefinition.classes()
                .that()
                .resideInAPackage("org.localmass.core..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "org.localmass.core..",
                        "java..",
                        "org.apache.commons.numbers..",
                        "org.apache.commons.statistics..",
                        "org.apache.commons.rng..",
                        "org.ejml..",
                        "org.jspecify.annotations..")
                .check(CLASSES);
    }
}

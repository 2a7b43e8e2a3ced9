package dev.skein.ops.tidy;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import org.junit.jupiter.api.Test;

/**
 * Holds the arrows between modules, packages and libraries, as they are in the class files: a name
 * written in full counts like an import. What leaves no trace there, such as a constant of a
 * library, is found by its import in {@link TidyTest}.
 */
class LayersTest {
    /** What a pure function may use: neither files nor networks, neither threads nor databases. */
    private static final String[] PLAIN_JAVA = {
        "java.lang..",
        "java.math..",
        "java.nio",
        "java.nio.charset..",
        "java.security..",
        "java.time..",
        "java.util",
        "java.util.function..",
        "java.util.regex..",
        "java.util.stream..",
        "java.util.zip.."
    };

    @Test
    void modulesDependOnEachOtherOneWay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("protocol")
                .definedBy("dev.skein.protocol..")
                .layer("engine")
                .definedBy("dev.skein.engine..")
                .layer("agent")
                .definedBy("dev.skein.agent..")
                .layer("orchestrator")
                .definedBy("dev.skein.orchestrator..")
                .layer("embedded")
                .definedBy("dev.skein.embedded..")
                .layer("ops")
                .definedBy("dev.skein.ops..")
                .whereLayer("protocol")
                .mayNotAccessAnyLayer()
                .whereLayer("embedded")
                .mayNotAccessAnyLayer()
                .whereLayer("engine")
                .mayOnlyAccessLayers("protocol")
                .whereLayer("agent")
                .mayOnlyAccessLayers("protocol", "engine")
                .whereLayer("orchestrator")
                .mayOnlyAccessLayers("protocol")
                .check(MainClasses.all());
    }

    @Test
    void packagesHoldNoCircle() {
        slices().matching("dev.skein.(**)").should().beFreeOfCycles().check(MainClasses.all());
    }

    @Test
    void theServersOfTestsAreForTests() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.skein.embedded.testing")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.skein.embedded.testing..", "org.testcontainers..")
                .check(MainClasses.all());
    }

    @Test
    void coreUsesOnlyPlainJavaAndTheProtocol() {
        String[] core = TidyTest.CORE.toArray(String[]::new);
        DescribedPredicate<JavaClass> values =
                describe(
                        "plain values", each -> TidyTest.PROTOCOL_VALUES.contains(outermost(each)));
        classes()
                .that()
                .resideInAnyPackage(core)
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(PLAIN_JAVA).or(resideInAnyPackage(core)).or(values))
                .check(MainClasses.all());
    }

    private static String outermost(JavaClass nested) {
        return nested.getEnclosingClass()
                .map(LayersTest::outermost)
                .orElseGet(() -> nested.getBaseComponentType().getFullName());
    }
}

package dev.skein.ops.tidy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the arrows inside the engine, so that a second database engine is one more folder. */
class EngineLayersTest {
    private static final String ENGINE = "dev.skein.engine.";
    private static final String POSTGRES = "dev.skein.engine.postgres";

    /**
     * The classes that choose an engine, and with it the only ones that know one; and the command
     * that prints the rights which PostgreSQL's engine needs.
     */
    private static final List<String> CHOICES =
            List.of(
                    "dev.skein.agent.Agent",
                    "dev.skein.ops.command.AgentGrantsCommand",
                    "dev.skein.ops.rehearse.ScratchEngine");

    @ParameterizedTest
    @ValueSource(strings = {"execution", "framework", "sql"})
    void whatEveryEngineSharesKnowsNoVertxAndNoKafka(String name) {
        noClasses()
                .that()
                .resideInAPackage(ENGINE + name + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx..", "io.netty..", "org.apache.kafka..")
                .check(MainClasses.all());
    }

    @ParameterizedTest
    @ValueSource(strings = {"execution", "framework", "sql"})
    void whatEveryEngineSharesKnowsNoEngine(String name) {
        noClasses()
                .that()
                .resideInAPackage(ENGINE + name + "..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(POSTGRES + "..")
                .check(MainClasses.all());
    }

    @Test
    void executionReadsNoSql() {
        noClasses()
                .that()
                .resideInAPackage(ENGINE + "execution..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ENGINE + "sql..", "java.sql..", "org.pgcodekeeper..", "org.postgresql..")
                .check(MainClasses.all());
    }

    @Test
    void onlyTheChoiceOfAnEngineKnowsOne() {
        List<String> found =
                MainClasses.all().stream()
                        .filter(each -> !isPostgres(each))
                        .flatMap(each -> each.getDirectDependenciesFromSelf().stream())
                        .filter(arrow -> isPostgres(arrow.getTargetClass()))
                        .filter(arrow -> !CHOICES.contains(topLevel(arrow.getOriginClass())))
                        .map(Dependency::getDescription)
                        .sorted()
                        .toList();

        assertThat(found).isEmpty();
    }

    /** A name on the list that chooses nothing would let the next class of that name in. */
    @Test
    void everyChoiceOfAnEngineIsOne() {
        List<String> choosing =
                MainClasses.all().stream()
                        .filter(
                                each ->
                                        each.getDirectDependenciesFromSelf().stream()
                                                .anyMatch(
                                                        arrow ->
                                                                isPostgres(arrow.getTargetClass())))
                        .map(EngineLayersTest::topLevel)
                        .distinct()
                        .toList();

        assertThat(choosing).containsAll(CHOICES);
    }

    private static boolean isPostgres(JavaClass each) {
        String name = each.getBaseComponentType().getPackageName();
        return name.equals(POSTGRES) || name.startsWith(POSTGRES + ".");
    }

    private static String topLevel(JavaClass nested) {
        return nested.getEnclosingClass()
                .map(EngineLayersTest::topLevel)
                .orElse(nested.getFullName());
    }
}

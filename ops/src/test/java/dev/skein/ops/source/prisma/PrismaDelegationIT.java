package dev.skein.ops.source.prisma;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.ops.source.Delegation;
import dev.skein.ops.source.PlanRefusals;
import dev.skein.ops.source.Recording;
import dev.skein.ops.source.SourceSettings;
import dev.skein.protocol.Sha256;
import dev.skein.protocol.plan.Atomicity;
import dev.skein.protocol.plan.DelegatedStep;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.plan.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs beside Prisma's scripts, on the disk. */
class PrismaDelegationIT {
    private static final String PROGRAM = "prisma/migrations/2_b/data-migration.ts";

    @TempDir private Path project;

    private final List<String> notes = new ArrayList<>();

    @BeforeEach
    void project() throws IOException {
        write("prisma/migrations/1_a/migration.sql", "create table t (id int);");
        write("prisma/migrations/2_b/migration.sql", "alter table t add n int;");
        write(PROGRAM, "import { x } from '../../../lib/x.js';\nimport pg from 'pg';");
        write("lib/x.ts", "export * from './y';\nimport './gone';");
        write("lib/y/index.ts", "// import '../x'");
        write("prisma/migrations/2_b/types.d.ts", "");
        write("prisma/migrations/2_b/README.md", "");
    }

    private void write(String file, String text) throws IOException {
        Path path = project.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private Plan read(String... delegated) {
        Delegation delegation = new Delegation(Set.of(delegated), Optional.of("billing"));
        return new PrismaSource(notes::add)
                .read(
                        project,
                        SourceSettings.defaults()
                                .withRecording(Recording.defaults().delegating(delegation)));
    }

    private static DelegatedStep program(Plan plan) {
        List<Step> up = plan.migrations().get(1).up();
        assertThat(up).hasSize(2);
        assertThat(up.get(0)).isInstanceOf(ScriptStep.class);
        return (DelegatedStep) up.get(1);
    }

    @ParameterizedTest
    @CsvSource({"2_b", "auto", "2_b=data-migration.ts", "2_b=" + PROGRAM})
    void programRunsBehindTheScriptOfItsMigration(String delegated) throws IOException {
        DelegatedStep step = program(read(delegated));

        assertThat(step.runner()).isEqualTo("billing");
        assertThat(step.migration()).isEqualTo(PROGRAM);
        assertThat(step.recordsVersion()).isFalse();
        assertThat(step.atomicity()).isEqualTo(Atomicity.NOT_ATOMIC);
        assertThat(step.files())
                .containsOnlyKeys(PROGRAM, "lib/x.ts", "lib/y/index.ts")
                .containsEntry(
                        "lib/x.ts", Sha256.hex(Files.readAllBytes(project.resolve("lib/x.ts"))));
        assertThat(notes).isEmpty();
    }

    @Test
    void whatIsNotDelegatedIsNamed() {
        assertThat(read().migrations().get(1).up()).hasSize(1);
        assertThat(notes)
                .containsExactly(
                        "2_b/data-migration.ts is a program, which neither Prisma nor this plan"
                                + " runs; --delegate 2_b has a runner run it behind the migration's"
                                + " script in each database");
    }

    @Test
    void programMayLieElsewhereInTheProject() throws IOException {
        write("scripts/back=fill.mjs", "");

        assertThat(program(read("2_b=scripts/back=fill.mjs")).migration())
                .isEqualTo("scripts/back=fill.mjs");
    }

    @Test
    void mistakesAreNamedAtTheirMigration() throws IOException {
        write("prisma/migrations/2_b/other.js", "");
        assertThat(refusal("2_b"))
                .contains("2_b: several programs lie in its directory: data-migration.ts, other.js")
                .contains("--delegate 2_b=FILE");
        assertThat(refusal("auto")).contains("--delegate auto takes the only one");
        assertThat(refusal("1_a")).contains("1_a: it is delegated, and no program lies in its");
        assertThat(refusal("3_c")).contains("--delegate names 3_c, and no migration is called so");
        assertThat(refusal("2_b=gone.ts")).contains("gone.ts, and there is no such file");
        Files.writeString(project.resolveSibling("outside.ts"), "");
        assertThat(refusal("2_b=../outside.ts")).contains("lies outside of");
    }

    private String refusal(String delegated) {
        return String.join("\n", PlanRefusals.of(() -> read(delegated)));
    }
}

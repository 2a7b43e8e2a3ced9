package dev.skein.engine.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.plan.Atomicity;
import dev.skein.protocol.plan.CheckStep;
import dev.skein.protocol.plan.FlywayChecksum;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Hooks;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Parameter;
import dev.skein.protocol.plan.ParameterSource;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.Probe;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.plan.StatementStep;
import dev.skein.protocol.plan.Step;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ParameterSubstitutionTest {
    private static final SessionContext SESSION_CONTEXT =
            new SessionContext(Optional.of("app"), "skein");
    private static final List<Parameter> PARAMETERS =
            List.of(
                    new Parameter("${tier}", ParameterSource.LABEL, "tier"),
                    new Parameter("${tier2}", ParameterSource.LABEL, "tier2"),
                    new Parameter("${db}", ParameterSource.DATABASE, "database"),
                    new Parameter("${schema}", ParameterSource.DEFAULT_SCHEMA, "defaultSchema"),
                    new Parameter("${user}", ParameterSource.USER, "user"),
                    new Parameter("${time}", ParameterSource.TIMESTAMP, "timestamp"));
    private static final Map<String, String> LABELS = Map.of("tier", "a $1 ${db} \\", "tier2", "b");

    private static Plan plan(MigrationKind kind, List<Parameter> parameters, Step... up) {
        String raw = up[0] instanceof ScriptStep script ? script.sql() : "";
        Migration migration =
                new Migration(
                        kind,
                        kind == MigrationKind.REPEATABLE ? "" : "1",
                        "one",
                        "one.sql",
                        Optional.of(Integer.toString(FlywayChecksum.of(raw))),
                        List.of(up),
                        Optional.of(List.of(new ScriptStep("drop ${db}"))));
        Hooks hooks =
                new Hooks(
                        List.of(new Hooks.Hook("beforeMigrate", new ScriptStep("call ${user}"))),
                        List.of(new Hooks.Hook("afterMigrate", new ScriptStep("call ${schema}"))));
        return new Plan(
                Framework.FLYWAY,
                Optional.empty(),
                List.of(migration),
                Optional.empty(),
                Optional.of(parameters),
                Optional.of(hooks),
                Optional.empty());
    }

    private static ParameterSubstitution substituted(
            Plan plan, Map<String, String> labels, SessionContext sessionContext) {
        return ParameterSubstitution.of(
                new Assignment(
                        ExecutionScript.order(OrderKind.APPLY, 1, 1), plan, new TreeMap<>(labels)),
                sessionContext);
    }

    @Test
    void migrationWithoutAChecksumIsGivenNone() {
        // given
        Plan flyway = plan(MigrationKind.VERSIONED, PARAMETERS, new ScriptStep("${db}"));
        Migration first = flyway.migrations().get(0);
        Migration unsummed =
                new Migration(
                        first.kind(),
                        first.version(),
                        first.description(),
                        first.script(),
                        Optional.empty(),
                        first.up(),
                        first.down());
        // when
        Plan filled =
                substituted(flyway.withMigrations(List.of(unsummed)), LABELS, SESSION_CONTEXT)
                        .plan();
        // then
        assertThat(filled.migrations().get(0).up()).isNotEqualTo(unsummed.up());
        assertThat(filled.migrations().get(0).checksum()).isEmpty();
        assertThat(filled.migrations().get(0).equivalents()).isEmpty();
    }

    @Test
    void everyStepsSqlGetsTheDatabasesValues() {
        // given
        Plan plan =
                plan(
                        MigrationKind.VERSIONED,
                        PARAMETERS,
                        new ScriptStep("${tier}|${tier2}|${db}|${schema}|${user}|${time}|${no}"),
                        new StatementStep(
                                List.of("set a = '${tier2}'"),
                                "vacuum ${db}",
                                new Probe.Harmless()),
                        new CheckStep("${db}", "select '${db}'", "${db}"));
        // when
        Plan filled = substituted(plan, LABELS, SESSION_CONTEXT).plan();
        // then
        assertThat(filled.migrations().get(0).up())
                .containsExactly(
                        new ScriptStep("a $1 ${db} \\|b|acme|app|skein|2026-01-02 03:04:05|${no}"),
                        new StatementStep(
                                List.of("set a = 'b'"), "vacuum acme", new Probe.Harmless()),
                        new CheckStep("${db}", "select 'acme'", "${db}"));
        assertThat(filled.migrations().get(0).down().orElseThrow())
                .containsExactly(new ScriptStep("drop acme"));
        assertThat(filled.hooks().orElseThrow().before().get(0).step())
                .isEqualTo(new ScriptStep("call skein"));
        assertThat(filled.hooks().orElseThrow().after().get(0).step())
                .isEqualTo(new ScriptStep("call app"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    begin; drop table ${db}; commit   | true
                    begin; drop table ${tier}; commit | false
                    begin; select $${db}$; commit     | false
                    begin; select ${time}; commit     | true
                    begin; commit                     | true
                    """)
    void atomicityHoldsWhereTheValuesCannotChangeTheStatements(String sql, boolean holds) {
        // given
        StatementStep step =
                new StatementStep(List.of(), sql, new Probe.Undecidable()).with(Atomicity.ATOMIC);
        // when
        Plan filled =
                substituted(
                                plan(MigrationKind.VERSIONED, PARAMETERS, step),
                                LABELS,
                                SESSION_CONTEXT)
                        .plan();
        // then
        StatementStep found = (StatementStep) filled.migrations().get(0).up().get(0);
        assertThat(found.atomicity().isPresent()).isEqualTo(holds);
    }

    @Test
    void versionedMigrationKeepsTheChecksumOfItsFile() {
        // given
        Plan plan = plan(MigrationKind.VERSIONED, PARAMETERS, new ScriptStep("a ${db}"));
        // when
        Migration filled = substituted(plan, LABELS, SESSION_CONTEXT).plan().migrations().get(0);
        // then
        assertThat(filled.checksum()).isEqualTo(plan.migrations().get(0).checksum());
    }

    @Test
    void repeatableMigrationsChecksumIsThatOfTheTextWithItsValues() {
        // given
        Plan plan = plan(MigrationKind.REPEATABLE, PARAMETERS, new ScriptStep("a\r\n${db}\n"));
        // when
        Migration filled = substituted(plan, LABELS, SESSION_CONTEXT).plan().migrations().get(0);
        // then
        assertThat(filled.checksum()).contains(Integer.toString(FlywayChecksum.of("a\nacme")));
        assertThat(filled.equivalents())
                .contains(List.of(plan.migrations().get(0).checksum().orElseThrow()));
    }

    @Test
    void repeatableMigrationWithoutParametersKeepsItsChecksum() {
        // given
        Plan plan = plan(MigrationKind.REPEATABLE, PARAMETERS, new ScriptStep("a"));
        // when
        Migration filled = substituted(plan, LABELS, SESSION_CONTEXT).plan().migrations().get(0);
        // then
        assertThat(filled.checksum()).isEqualTo(plan.migrations().get(0).checksum());
        assertThat(filled.equivalents()).isEmpty();
    }

    @Test
    void missingLabelIsRefusedBeforeAnythingRuns() {
        // given
        Plan plan = plan(MigrationKind.VERSIONED, PARAMETERS, new ScriptStep("${tier}"));
        // when
        ParameterSubstitution substitution =
                substituted(plan, Map.of("tier2", "b"), SESSION_CONTEXT);
        // then
        assertThat(substitution.refusal())
                .contains(
                        new Refusal.Mismatch(
                                "missing-label",
                                "database pg-1/acme has no label 'tier', which the plan puts in"
                                        + " for ${tier}; add it in the configuration of its agent"
                                        + " and retry"));
    }

    @Test
    void missingSchemaIsRefused() {
        // given
        Plan plan = plan(MigrationKind.VERSIONED, PARAMETERS, new ScriptStep("${schema}"));
        // when
        ParameterSubstitution substitution =
                substituted(plan, LABELS, new SessionContext(Optional.empty(), "skein"));
        // then
        assertThat(substitution.refusal())
                .contains(
                        new Refusal.Mismatch(
                                "no-schema",
                                "no schema of pg-1/acme's search path exists, so there is nothing"
                                        + " to put in for ${schema}"));
    }

    @Test
    void whatWasLeftOutIsStillLeftOut() {
        // given
        Plan plan = plan(MigrationKind.VERSIONED, PARAMETERS, new ScriptStep("${db}"));
        Plan without =
                new Plan(
                        plan.framework(),
                        plan.versionTable(),
                        plan.migrations(),
                        plan.gaps(),
                        plan.parameters(),
                        plan.hooks(),
                        plan.rehearsal(),
                        Optional.of(List.of("2")));
        // then
        assertThat(substituted(without, LABELS, SESSION_CONTEXT).plan().leavesOut("2")).isTrue();
    }

    @Test
    void planWithoutParametersStaysTheSame() {
        // given
        Plan plan = plan(MigrationKind.VERSIONED, List.of(), new ScriptStep("${tier}"));
        // then
        assertThat(substituted(plan, Map.of(), SESSION_CONTEXT).plan()).isSameAs(plan);
    }
}

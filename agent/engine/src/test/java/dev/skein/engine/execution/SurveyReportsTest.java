package dev.skein.engine.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.event.ChecksumDifference;
import dev.skein.protocol.event.DatabaseAdopted;
import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.KeyRange;
import dev.skein.protocol.event.OrderAccepted;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.SurveyFindings;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.plan.VersionTableName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class SurveyReportsTest {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
    private static final Plan PLAN =
            new Plan(
                    Framework.FLYWAY,
                    Optional.empty(),
                    List.of(
                            new Migration(
                                    MigrationKind.VERSIONED,
                                    "1",
                                    "one",
                                    "V1__one.sql",
                                    Optional.of("7"),
                                    List.of(new ScriptStep("select 1")),
                                    Optional.empty())));
    private static final SurveyFindings AGREEING = findings(List.of(), List.of(), List.of(), false);

    private final SurveyReports surveyor =
            new SurveyReports(Assignment.of(ExecutionScript.order(OrderKind.ADOPT, 5, 3), PLAN));

    private static SurveyFindings findings(
            List<ChecksumDifference> differing,
            List<String> unknown,
            List<String> failed,
            boolean lockStuck) {
        return new SurveyFindings(
                Optional.of("1"),
                1,
                List.of(new KeyRange("2", "3", 2)),
                differing,
                unknown,
                failed,
                lockStuck);
    }

    private static Survey ledger(LedgerRow... rows) {
        return new Survey(rows.length, rows.length, List.of(rows), Optional.empty());
    }

    private static LedgerRow row(LedgerKind kind, long epoch) {
        return new LedgerRow(
                1, epoch, new RolloutId("r-1"), kind, Optional.empty(), false, Optional.empty());
    }

    private String refused(SurveyFindings findings) {
        DatabaseFailed failed =
                (DatabaseFailed) surveyor.refusal(findings, ledger(), AT).orElseThrow().event();
        assertThat(failed.failure().code()).isEqualTo("differs-from-plan");
        assertThat(failed.failure().passing()).isFalse();
        assertThat(failed.step()).isEmpty();
        return failed.failure().message();
    }

    @Test
    void missingMigrationsAreNoReasonToRefuse() {
        assertThat(surveyor.refusal(AGREEING, ledger(), AT)).isEmpty();
    }

    @Test
    void schemaIsNotAdoptedIntoBooksThatItWouldShare() {
        // given
        OrderIssued order = ExecutionScript.order(OrderKind.ADOPT, 5, 3);
        DatabaseId one = DatabaseId.of("pg-1", "shared", "t_1");
        OrderIssued toSchema =
                new OrderIssued(
                        one,
                        order.epoch(),
                        order.rollout(),
                        order.wave(),
                        order.goal(),
                        order.kind(),
                        order.agent(),
                        order.plan(),
                        order.planOffset(),
                        order.lastSequence(),
                        order.limits(),
                        order.checks(),
                        order.repair(),
                        order.at());
        Plan shared =
                new Plan(
                        Framework.FLYWAY,
                        Optional.of(new VersionTableName(Optional.of("ops"), "history")),
                        PLAN.migrations());
        SortedSet<DatabaseId> targets =
                new TreeSet<>(List.of(one, DatabaseId.of("pg-1", "shared", "t_2")));
        Assignment assignment = new Assignment(toSchema, shared, new TreeMap<>(), targets);
        // when
        Envelope refusal =
                new SurveyReports(assignment).refusal(AGREEING, ledger(), AT).orElseThrow();
        // then
        DatabaseFailed failed = (DatabaseFailed) refusal.event();
        assertThat(failed.failure().code()).isEqualTo("shared-version-table");
        assertThat(failed.failure().message())
                .startsWith("not adopted: the plan keeps its books in ops.history");
    }

    @Test
    void failedMigrationIsToldBeforeAnythingElse() {
        // given
        ChecksumDifference other = new ChecksumDifference("1", "8", "7");
        // then
        assertThat(refused(findings(List.of(other), List.of("9"), List.of("4"), true)))
                .isEqualTo(
                        "not adopted: the version table says that migration 4 failed or is not"
                                + " finished; mend the database or the plan, then adopt again");
    }

    @Test
    void firstDifferenceIsToldAndTheOthersAreCounted() {
        // given
        ChecksumDifference one = new ChecksumDifference("1", "8", "7");
        ChecksumDifference two = new ChecksumDifference("2", "9", "6");
        // then
        assertThat(refused(findings(List.of(one, two), List.of("9"), List.of(), false)))
                .isEqualTo(
                        "not adopted: migration 1 was applied with checksum 8, the plan has 7 (and"
                                + " 1 more like it); mend the database or the plan, then adopt"
                                + " again");
    }

    @Test
    void unknownMigrationIsToldAndTheOthersAreCounted() {
        assertThat(refused(findings(List.of(), List.of("8", "9", "10"), List.of(), true)))
                .isEqualTo(
                        "not adopted: migration 8 is applied and the plan does not know it (and 2"
                                + " more like it); mend the database or the plan, then adopt"
                                + " again");
    }

    @Test
    void stuckLockIsAReasonToRefuse() {
        assertThat(refused(findings(List.of(), List.of(), List.of(), true)))
                .isEqualTo(
                        "not adopted: the framework's lock is set in its table; mend the database"
                                + " or the plan, then adopt again");
    }

    @Test
    void adoptionIsOnePairOfRowsBehindThoseOfTheLedger() {
        // given
        List<LedgerRow> rows = List.of(row(LedgerKind.ACCEPTED, 1), row(LedgerKind.ENDED, 1));
        Survey survey = new Survey(1, 20, rows, Optional.empty());
        // when
        Records records = surveyor.adoption(survey, AGREEING, AT);
        // then
        assertThat(records.entries())
                .extracting(LedgerEntry::kind)
                .containsExactly(LedgerKind.ACCEPTED, LedgerKind.ENDED);
        List<Envelope> reports = records.entries().stream().map(LedgerEntry::envelope).toList();
        assertThat(reports).extracting(Envelope::sequence).containsExactly(21L, 22L);
        OrderAccepted accepted = (OrderAccepted) reports.get(0).event();
        assertThat(accepted.version()).contains("1");
        assertThat(accepted.kind()).isEqualTo(OrderKind.ADOPT);
        assertThat(((DatabaseAdopted) reports.get(1).event()).findings()).isEqualTo(AGREEING);
        assertThat(records.changes()).isEmpty();
        assertThat(records.expectation()).isEmpty();
    }

    @Test
    void endOfThisVeryOrderIsFoundInTheLedger() {
        assertThat(surveyor.hasEnded(ledger(row(LedgerKind.ENDED, 5)))).isTrue();
        assertThat(surveyor.hasEnded(ledger(row(LedgerKind.ACCEPTED, 5)))).isFalse();
        assertThat(surveyor.hasEnded(ledger(row(LedgerKind.ENDED, 4)))).isFalse();
    }

    @Test
    void whatIsSaidBesideTheLedgerIsNotCounted() {
        assertThat(
                        List.of(
                                surveyor.surveyed(ledger(), AGREEING, AT),
                                surveyor.paused(2, AT),
                                surveyor.stopped(AT),
                                surveyor.failed(ExecutionScript.failure("no-luck", false), AT)))
                .extracting(Envelope::sequence)
                .containsOnly(0L);
    }
}

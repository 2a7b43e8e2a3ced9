package dev.skein.orchestrator.rollout;

import static dev.skein.orchestrator.rollout.Asked.everyone;
import static dev.skein.orchestrator.rollout.Lab.PERSON;
import static dev.skein.orchestrator.rollout.Lab.PLAN;
import static dev.skein.orchestrator.rollout.Lab.ROLLOUT;
import static dev.skein.orchestrator.rollout.Lab.db;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.orchestrator.fleet.IssuedOrder;
import dev.skein.protocol.event.DatabaseApplied;
import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.Direction;
import dev.skein.protocol.event.OrderAccepted;
import dev.skein.protocol.event.Progress;
import dev.skein.protocol.event.RollbackScope;
import dev.skein.protocol.event.RollbackTerms;
import dev.skein.protocol.event.RolloutPurpose;
import dev.skein.protocol.event.StepOutcome;
import dev.skein.protocol.event.StepRef;
import dev.skein.protocol.event.StepSucceeded;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.plan.Step;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a dry run says is what the verb would do. */
final class DryRunTest {
    private static final RolloutId LATER = new RolloutId("r-2");

    private static Migration migration(String version, int steps, boolean down) {
        List<Step> all = Collections.nCopies(steps, new ScriptStep("select " + version));
        return new Migration(
                MigrationKind.VERSIONED,
                version,
                "m" + version,
                "V" + version + ".sql",
                Optional.empty(),
                all,
                down ? Optional.of(all) : Optional.empty());
    }

    private static Migration repeatable(String name) {
        return new Migration(
                MigrationKind.REPEATABLE,
                "",
                name,
                "R__" + name + ".sql",
                Optional.empty(),
                List.of(new ScriptStep("select 1")),
                Optional.empty());
    }

    private static IssuedOrder order(Lab lab, DatabaseId id) {
        return lab.fleet().database(id).orders().last().orElseThrow();
    }

    private static void accepted(Lab lab, DatabaseId id, String version) {
        IssuedOrder order = order(lab, id);
        lab.report(
                new OrderAccepted(
                        id,
                        order.rollout(),
                        order.epoch(),
                        order.kind(),
                        order.agent(),
                        new Progress(0, 9),
                        Optional.of(version).filter(each -> !each.isEmpty()),
                        lab.now()));
    }

    private static void step(Lab lab, DatabaseId id, String migration, int index) {
        IssuedOrder order = order(lab, id);
        lab.report(
                new StepSucceeded(
                        id,
                        order.rollout(),
                        order.epoch(),
                        new StepRef(migration, index, Direction.UP),
                        StepOutcome.EXECUTED,
                        1,
                        Duration.ZERO,
                        new Progress(1, 9),
                        lab.now()));
    }

    private static void applied(Lab lab, DatabaseId id, String version) {
        IssuedOrder order = order(lab, id);
        lab.report(
                new DatabaseApplied(
                        id,
                        order.rollout(),
                        order.epoch(),
                        version,
                        new Progress(9, 9),
                        lab.now()));
    }

    private static void failed(Lab lab, DatabaseId id) {
        IssuedOrder order = order(lab, id);
        lab.report(
                new DatabaseFailed(
                        id,
                        order.rollout(),
                        order.epoch(),
                        order.kind(),
                        Optional.empty(),
                        Reports.FAILURE,
                        new Progress(1, 9),
                        lab.now()));
    }

    private static DryRun back(Lab lab, RollbackTerms terms) {
        return DryRun.of(
                lab.fleet(),
                new Command.Rollback(
                        ROLLOUT,
                        RollbackScope.ALL,
                        List.of(),
                        Optional.empty(),
                        terms,
                        "slow",
                        PERSON,
                        lab.now()));
    }

    private static DryRun opening(Lab lab, Optional<String> to) {
        return DryRun.of(
                lab.fleet(),
                new Command.Open(
                        LATER,
                        PLAN,
                        everyone(),
                        RolloutPurpose.MIGRATE,
                        to.map(RollbackTerms::to),
                        Optional.empty(),
                        PERSON,
                        lab.now()));
    }

    private static Forecast of(DryRun dryRun, DatabaseId id) {
        return dryRun.groups().stream()
                .filter(each -> each.databases().contains(id))
                .map(DryRun.Group::forecast)
                .findFirst()
                .orElseThrow();
    }

    private static List<String> moves(DryRun dryRun, DatabaseId id) {
        return of(dryRun, id).moves().stream()
                .map(each -> each.direction().label() + " " + each.script() + " " + each.steps())
                .toList();
    }

    /**
     * Three migrations; the first database at version 3, the second found at 1 and brought to 3.
     */
    private static Lab mixed() {
        Lab lab =
                Lab.fleet(
                        3,
                        migration("1", 1, true),
                        migration("2", 2, true),
                        migration("3", 1, true));
        lab.open(everyone()).advance();
        accepted(lab, db(1), "");
        step(lab, db(1), "1", 0);
        step(lab, db(1), "2", 0);
        step(lab, db(1), "2", 1);
        step(lab, db(1), "3", 0);
        applied(lab, db(1), "3");
        accepted(lab, db(2), "1");
        step(lab, db(2), "2", 0);
        step(lab, db(2), "2", 1);
        step(lab, db(2), "3", 0);
        applied(lab, db(2), "3");
        return lab;
    }

    @Test
    void eachDatabaseGoesBackOverWhatTheRolloutRanThere() {
        Lab lab = mixed();
        DryRun told = back(lab, RollbackTerms.strict());
        assertThat(told.refusal()).isEmpty();
        assertThat(moves(told, db(1)))
                .containsExactly("down V3.sql 1", "down V2.sql 2", "down V1.sql 1");
        assertThat(moves(told, db(2))).containsExactly("down V3.sql 1", "down V2.sql 2");
        assertThat(of(told, db(2)).versionAfter()).contains("1");
        assertThat(of(told, db(3)).outcome()).isEqualTo(ForecastOutcome.UNKNOWN);
        assertThat(of(told, db(3)).reason()).startsWith("no agent has read it so far");
    }

    @Test
    void dryRunWritesNothing() {
        Lab lab = mixed();
        RolloutPhase before = lab.status().phase();
        back(lab, RollbackTerms.strict());
        opening(lab, Optional.of("2"));
        assertThat(lab.status().phase()).isEqualTo(before);
        assertThat(lab.fleet().rollout(LATER)).isEmpty();
    }

    @Test
    void ofAHalfDoneMigrationOnlyWhatIsDoneIsUndone() {
        Lab lab = Lab.fleet(1, migration("1", 1, true), migration("2", 3, true));
        lab.open(everyone()).advance();
        accepted(lab, db(1), "1");
        step(lab, db(1), "2", 0);
        failed(lab, db(1));
        assertThat(moves(back(lab, RollbackTerms.strict()), db(1)))
                .containsExactly("down V2.sql 1");
    }

    @Test
    void toAVersionItDoesNotMatterWhoAppliedWhatIsAbove() {
        Lab lab = mixed();
        DryRun told = back(lab, RollbackTerms.to("1"));
        assertThat(moves(told, db(1))).isEqualTo(moves(told, db(2)));
        assertThat(of(told, db(1)).versionAfter()).contains("1");
        DryRun nothing = back(lab, RollbackTerms.to("3"));
        assertThat(of(nothing, db(1)).outcome()).isEqualTo(ForecastOutcome.NOTHING_TO_UNDO);
    }

    @Test
    void whatTheVerbRefusesTheDryRunRefusesInTheSameWords() {
        Lab lab = Lab.fleet(1, migration("1", 1, false), repeatable("views"));
        lab.open(everyone()).advance();
        accepted(lab, db(1), "");
        step(lab, db(1), "1", 0);
        step(lab, db(1), "R:views", 0);
        applied(lab, db(1), "1");
        DryRun told = back(lab, RollbackTerms.strict());
        assertThat(told.refusal().map(Rejection::code)).contains(RejectionCode.IRREVERSIBLE);
        assertThat(told.message()).contains("V1.sql has no down");
        assertThat(told.groups()).isEmpty();
    }

    @Test
    void asFarAsPossibleItStopsAboveWhatHasNoDown() {
        Lab lab =
                Lab.fleet(
                        1,
                        migration("1", 1, true),
                        migration("2", 1, false),
                        migration("3", 1, true));
        lab.open(everyone()).advance();
        accepted(lab, db(1), "");
        step(lab, db(1), "1", 0);
        step(lab, db(1), "2", 0);
        step(lab, db(1), "3", 0);
        applied(lab, db(1), "3");
        RollbackTerms terms =
                new RollbackTerms(Optional.empty(), true, List.of(), Optional.empty(), List.of());
        DryRun told = back(lab, terms);
        assertThat(moves(told, db(1))).containsExactly("down V3.sql 1");
        assertThat(of(told, db(1)).reason()).isEqualTo("it stops above V2.sql");
        DryRun accepting = back(lab, RollbackTerms.strict().accepting(List.of("2")));
        assertThat(of(accepting, db(1)).steps()).isEqualTo(3);
        assertThat(of(accepting, db(1)).reason()).isEqualTo("what V2.sql made stays");
    }

    @Test
    void anOpeningToAVersionGoesForwardAndBackward() {
        Lab lab = mixed();
        accepted(lab, db(3), "1");
        applied(lab, db(3), "1");
        lab.advance();
        DryRun told = opening(lab, Optional.of("2"));
        assertThat(told.refusal()).isEmpty();
        assertThat(moves(told, db(1))).containsExactly("down V3.sql 1");
        assertThat(moves(told, db(3))).containsExactly("up V2.sql 2");
        DryRun toTheEnd = opening(lab, Optional.empty());
        assertThat(of(toTheEnd, db(1)).outcome()).isEqualTo(ForecastOutcome.NOTHING_TO_DO);
        assertThat(moves(toTheEnd, db(3))).containsExactly("up V2.sql 2", "up V3.sql 1");
    }

    @Test
    void anOpeningToAVersionBehindOneWithoutADownIsRefused() {
        Lab lab = Lab.fleet(1, migration("1", 1, true), migration("2", 1, false));
        lab.open(everyone()).advance();
        accepted(lab, db(1), "");
        step(lab, db(1), "1", 0);
        step(lab, db(1), "2", 0);
        applied(lab, db(1), "2");
        lab.advance();
        DryRun told = opening(lab, Optional.of("1"));
        assertThat(told.refusal().map(Rejection::code)).contains(RejectionCode.IRREVERSIBLE);
        assertThat(told.message())
                .startsWith("cannot bring 1 database to version 1: V2.sql has no down");
    }

    @Test
    void databaseThatALaterRolloutChangedIsBlocked() {
        Lab lab = Lab.fleet(2, migration("1", 1, true), migration("2", 1, true));
        lab.open(everyone()).advance();
        for (int each = 1; each <= 2; each++) {
            accepted(lab, db(each), "");
            step(lab, db(each), "1", 0);
            applied(lab, db(each), "1");
        }
        lab.advance();
        lab.run(Asked.open(lab, LATER.value(), everyone()));
        lab.run(new Command.Advance(LATER, lab.now()));
        accepted(lab, db(1), "1");
        step(lab, db(1), "2", 0);
        applied(lab, db(1), "2");
        accepted(lab, db(2), "2");
        applied(lab, db(2), "2");
        lab.run(new Command.Advance(LATER, lab.now()));
        DryRun told = back(lab, RollbackTerms.strict());
        assertThat(of(told, db(1)).outcome()).isEqualTo(ForecastOutcome.BLOCKED);
        assertThat(of(told, db(1)).reason()).contains("rollout r-2 has changed it since");
        assertThat(moves(told, db(2))).containsExactly("down V1.sql 1");
    }
}

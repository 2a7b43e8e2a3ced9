package dev.skein.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.execution.ExecutionEnd;
import dev.skein.protocol.event.DatabaseApplied;
import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.LedgerFinding;
import dev.skein.protocol.event.OrderAccepted;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.Repair;
import dev.skein.protocol.plan.Plan;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A ledger knows its log and its database, and says so where one of them is another. */
final class LedgerLinkIT {
    private static final Plan ONE = Plans.sql(Plans.oneWay("1", "create table a (id int)"));
    private static final Plan TWO =
            Plans.sql(
                    Plans.oneWay("1", "create table a (id int)"),
                    Plans.oneWay("2", "create table b (id int)"));

    private final ExecutionFixture fixture = ExecutionFixture.onFreshDatabase();

    @AfterEach
    void close() {
        fixture.close();
    }

    private List<LedgerFinding.Kind> found() {
        return fixture.events(OrderAccepted.class).stream()
                .flatMap(each -> each.found().stream())
                .map(LedgerFinding::kind)
                .toList();
    }

    private DatabaseFailed failed() {
        return fixture.events(DatabaseFailed.class).get(0);
    }

    @Test
    void ledgerHoldsTheLogAndTheDatabaseOfItsOrders() {
        // when
        fixture.log("log-a").apply(ONE);
        // then
        assertThat(fixture.value("select log || ' ' || database_name from skein.origin"))
                .isEqualTo("log-a " + fixture.name);
        assertThat(fixture.value("select system is not null from skein.origin")).isEqualTo("t");
        assertThat(found()).isEmpty();
    }

    @Test
    void orderOfAnotherLogFailsAndNothingIsToldToThatLog() {
        // given
        fixture.log("log-a").apply(ONE);
        fixture.forget();
        // when
        ExecutionEnd end = fixture.log("log-b").execute(fixture.order(OrderKind.APPLY, 7), TWO);
        // then
        assertThat(end).isEqualTo(ExecutionEnd.SUPERSEDED);
        assertThat(fixture.eventNames()).containsExactly("DatabaseFailed");
        assertThat(failed().failure().code()).isEqualTo("another-log");
        assertThat(failed().ledgerEpoch()).hasValue(1);
        assertThat(failed().failure().message()).contains("log-a").contains("--ledger");
        assertThat(fixture.exists("b")).isFalse();
    }

    @Test
    void ledgerIsTakenIntoAnotherLogByAPersonWithAllThatItReports() {
        // given
        fixture.log("log-a").apply(ONE);
        fixture.forget();
        // when
        fixture.log("log-b").repair(Repair.LEDGER);
        fixture.execute(fixture.order(OrderKind.APPLY, 2), TWO);
        // then
        assertThat(fixture.events(DatabaseApplied.class)).hasSize(2);
        assertThat(found()).containsExactly(LedgerFinding.Kind.JOINED);
        assertThat(fixture.value("select log from skein.origin")).isEqualTo("log-b");
        assertThat(fixture.exists("b")).isTrue();
    }

    @Test
    void ledgerOfBeforeJoinsTheFirstLogThatOrdersIt() {
        // given: what an agent of format 1 left
        fixture.apply(ONE);
        fixture.execute("drop table skein.origin; update skein.format set version = 1");
        // when
        fixture.log("log-a").apply(TWO);
        // then
        assertThat(fixture.value("select log from skein.origin")).isEqualTo("log-a");
        assertThat(fixture.value("select version from skein.format")).isEqualTo("2");
        assertThat(found()).isEmpty();
    }

    @Test
    void orderOfAnotherKindIsNotTakenForTheOneOfItsEpoch() {
        // given
        fixture.apply(ONE);
        fixture.reports.clear();
        // when
        fixture.execute(fixture.order(OrderKind.ROLLBACK, 1), ONE);
        // then
        assertThat(failed().failure().code()).isEqualTo("ledger-ahead");
        assertThat(fixture.exists("a")).isTrue();
    }

    @Test
    void databaseThatCameWithACopyIsWorkedOnAndSaysSo() {
        // given
        fixture.log("log-a").apply(ONE);
        fixture.execute("update skein.origin set database_oid = database_oid + 1");
        // when
        fixture.apply(TWO);
        // then
        assertThat(found()).containsExactly(LedgerFinding.Kind.COPIED);
        assertThat(fixture.exists("b")).isTrue();
    }

    @Test
    void databaseRestoredFromAnOlderDumpIsWorkedOnAndSaysSo() {
        // given
        fixture.log("log-a").apply(ONE);
        OrderIssued next = fixture.seen(40).nextOrder(OrderKind.APPLY);
        // when
        fixture.execute(next, TWO);
        // then
        assertThat(found()).containsExactly(LedgerFinding.Kind.BEHIND);
        assertThat(fixture.exists("b")).isTrue();
    }

    @Test
    void nothingRunsWhereTheLedgerIsGoneAndNothingElseTellsWhatIsThere() {
        // given
        fixture.log("log-a").apply(ONE);
        fixture.execute("drop schema skein cascade");
        // when
        ExecutionEnd end = fixture.knownAt("1").apply(TWO);
        // then
        assertThat(end).isEqualTo(ExecutionEnd.UNRECORDED);
        assertThat(failed().failure().code()).isEqualTo("ledger-gone");
        assertThat(failed().failure().message()).contains("version 1").contains("--ledger");
        assertThat(fixture.exists("b")).isFalse();
    }

    @Test
    void ledgerThatIsGoneIsWrittenAnewWhereAPersonSaysThatTheVersionIsThere() {
        // given
        fixture.log("log-a").apply(ONE);
        fixture.execute("drop schema skein cascade");
        // when
        fixture.knownAt("1").repair(Repair.LEDGER).apply(TWO);
        // then
        assertThat(fixture.exists("b")).isTrue();
        assertThat(found()).containsExactly(LedgerFinding.Kind.GONE);
        assertThat(fixture.value("select rollout from skein.ledger where migration = '1'"))
                .isEqualTo("adopted");
    }

    @Test
    void databaseThatWasCreatedAnewBeginsAtTheBeginning() {
        // given
        fixture.log("log-a").apply(ONE);
        fixture.execute("drop schema skein cascade; drop table a");
        // when
        fixture.knownAt("1").apply(TWO);
        // then
        assertThat(fixture.exists("a")).isTrue();
        assertThat(found()).containsExactly(LedgerFinding.Kind.GONE);
    }
}

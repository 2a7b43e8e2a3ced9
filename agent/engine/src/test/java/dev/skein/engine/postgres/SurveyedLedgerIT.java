package dev.skein.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.event.DatabaseSurveyed;
import dev.skein.protocol.event.LedgerFinding;
import dev.skein.protocol.event.OrderAccepted;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.plan.Plan;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A survey says what became of the ledger, and writes nothing. */
final class SurveyedLedgerIT {
    private static final Plan ONE = Plans.sql(Plans.oneWay("1", "create table a (id int)"));
    private static final Plan TWO =
            Plans.sql(
                    Plans.oneWay("1", "create table a (id int)"),
                    Plans.oneWay("2", "create table b (id int)"));
    private static final String LEDGER =
            "select max(t.epoch || ' ' || o.log || ' ' || o.database_oid) || count(l)"
                    + " from skein.target t, skein.origin o, skein.ledger l";

    private final ExecutionFixture fixture = ExecutionFixture.onFreshDatabase();

    @AfterEach
    void close() {
        fixture.close();
    }

    private Optional<LedgerFinding> surveyed(OrderIssued order) {
        fixture.reports.clear();
        fixture.execute(order, TWO);
        assertThat(fixture.eventNames()).containsExactly("DatabaseSurveyed");
        return fixture.events(DatabaseSurveyed.class).get(0).found();
    }

    private void assertFound(OrderIssued order, LedgerFinding.Kind kind, String... words) {
        assertThat(surveyed(order))
                .hasValueSatisfying(
                        found -> {
                            assertThat(found.kind()).isEqualTo(kind);
                            assertThat(found.message()).contains(words);
                        });
    }

    @Test
    void ledgerThatIsAsTheLogLeftItIsNotMentioned() {
        fixture.log("log-a").apply(ONE);
        assertThat(surveyed(fixture.nextOrder(OrderKind.SURVEY))).isEmpty();
    }

    @Test
    void ledgerOfAnotherLogIsNamedWithTheVerb() {
        // given
        fixture.log("log-a").apply(ONE);
        String before = fixture.value(LEDGER);
        // then
        assertFound(
                fixture.log("log-b").order(OrderKind.SURVEY, 7),
                LedgerFinding.Kind.ANOTHER_LOG,
                "obeys another log, log-a (epoch 1, of rollout",
                "this one is log-b",
                "fails here with another-log",
                "--ledger'");
        assertThat(fixture.value(LEDGER)).isEqualTo(before);
    }

    @Test
    void ledgerThatKnowsMoreThanTheLogIsNamed() {
        // given
        fixture.log("log-a").apply(ONE);
        fixture.apply(ONE);
        // then
        assertFound(
                fixture.order(OrderKind.SURVEY, 1),
                LedgerFinding.Kind.AHEAD,
                "the ledger holds epoch 2",
                "this log has come to epoch 1");
    }

    @Test
    void ledgerOfAnOlderDumpIsNamed() {
        fixture.log("log-a").apply(ONE);
        assertFound(
                fixture.seen(40).nextOrder(OrderKind.SURVEY),
                LedgerFinding.Kind.BEHIND,
                "the log has seen report 40");
    }

    @Test
    void ledgerOfAnotherDatabaseIsNamed() {
        // given
        fixture.log("log-a").apply(ONE);
        fixture.execute("update skein.origin set database_oid = database_oid + 1");
        // then
        assertFound(fixture.nextOrder(OrderKind.SURVEY), LedgerFinding.Kind.COPIED, "a copy");
    }

    /** As after {@code create database new template old}. */
    @Test
    void ledgerThatWasWrittenUnderAnotherNameIsNamedAndWorkedOn() {
        // given
        fixture.log("log-a").apply(ONE);
        fixture.execute("update skein.origin set target = 'pg-9/template'");
        fixture.execute("update skein.ledger set target = 'pg-9/template'");
        fixture.execute("update skein.target set target = 'pg-9/template'");
        // then
        assertFound(
                fixture.seen(0).order(OrderKind.SURVEY, 1),
                LedgerFinding.Kind.COPIED,
                "under another name");
        // when
        fixture.reports.clear();
        fixture.execute(fixture.order(OrderKind.APPLY, 2), TWO);
        // then
        assertThat(fixture.events(OrderAccepted.class).get(0).found()).isPresent();
        assertThat(fixture.exists("b")).isTrue();
    }

    @Test
    void ledgerThatIsGoneIsNamedWithTheVerb() {
        // given
        fixture.log("log-a").apply(ONE);
        fixture.execute("drop schema skein cascade");
        // then
        assertFound(
                fixture.knownAt("1").nextOrder(OrderKind.SURVEY),
                LedgerFinding.Kind.GONE,
                "the log last knew it at version 1",
                "fails here with ledger-gone",
                "--ledger'");
    }

    @Test
    void databaseThatWasCreatedAnewIsNoRiddle() {
        // given
        fixture.log("log-a").apply(ONE);
        fixture.execute("drop schema skein cascade; drop table a");
        // then
        Optional<LedgerFinding> found = surveyed(fixture.knownAt("1").nextOrder(OrderKind.SURVEY));
        assertThat(found).isPresent();
        assertThat(found.get().kind()).isEqualTo(LedgerFinding.Kind.GONE);
        assertThat(found.get().message()).doesNotContain("ledger-gone");
    }
}

package dev.skein.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.embedded.testing.TestPostgres;
import dev.skein.embedded.testing.TestServers;
import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.StepFailure;
import dev.skein.protocol.plan.Plan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A database that its operators keep from being written. */
final class WriteFenceIT {
    private static final Plan PLAN =
            Plans.sql(Plans.migration("1", "create table a (n int)", "drop table a"));

    private final ExecutionFixture fixture = ExecutionFixture.onFreshDatabase();
    private final String role = fixture.name + "_agent";

    @BeforeEach
    void createAgent() {
        fixture.execute(
                "create role "
                        + role
                        + " login; grant create on database "
                        + fixture.name
                        + " to "
                        + role
                        + "; grant create on schema public to "
                        + role);
        fixture.user(role);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private String filledIn(String text) {
        return text.replace("DB", "\"" + fixture.name + "\"").replace("R", "\"" + role + "\"");
    }

    private StepFailure refusal() {
        fixture.reports.clear();
        fixture.apply(PLAN);
        assertThat(fixture.eventNames()).containsExactly("DatabaseFailed");
        assertThat(fixture.exists("skein.ledger")).isFalse();
        return fixture.events(DatabaseFailed.class).get(0).failure();
    }

    @ParameterizedTest
    @CsvSource({"alter database DB", "alter role R", "alter role R in database DB"})
    void fenceIsHeldAndWhoSetItIsTold(String subject) {
        // given
        String fence = filledIn(subject) + " set default_transaction_read_only = on";
        fixture.execute(fence);
        // then
        assertThat(refusal().code()).isEqualTo("read-only");
        assertThat(refusal().passing()).isFalse();
        assertThat(refusal().message())
                .contains("is set to be read-only, by '" + fence + "'; nothing was run")
                .endsWith(
                        filledIn("'alter role R in database DB")
                                + " set default_transaction_read_only = off', in a transaction that"
                                + " is begun with 'begin read write'");
    }

    @Test
    void adoptionHoldsTheFenceTooAndASurveyMayRead() {
        // given
        fixture.execute(filledIn("alter database DB set default_transaction_read_only = on"));
        // when
        fixture.execute(fixture.nextOrder(OrderKind.ADOPT), PLAN);
        fixture.execute(fixture.nextOrder(OrderKind.SURVEY), PLAN);
        // then
        assertThat(fixture.eventNames()).containsExactly("DatabaseFailed", "DatabaseSurveyed");
    }

    @Test
    void fenceThatIsOpenForTheAgentAloneLetsItThrough() {
        // given
        fixture.execute(filledIn("alter database DB set default_transaction_read_only = on"));
        fixture.server.execute(
                "postgres",
                filledIn("alter role R in database DB set default_transaction_read_only = off"));
        // when
        fixture.apply(PLAN);
        // then
        assertThat(fixture.eventNames()).endsWith("DatabaseApplied");
    }

    @Test
    void fenceAroundTheWholeServerIsHeld() throws Exception {
        try (TestPostgres server = TestServers.startPostgres();
                ExecutionFixture onServer = ExecutionFixture.onServer(server)) {
            // given
            server.execute("postgres", "alter role all set default_transaction_read_only = on");
            // when
            onServer.apply(PLAN);
            // then
            assertThat(onServer.events(DatabaseFailed.class).get(0).failure().message())
                    .contains("by 'alter role all set default_transaction_read_only = on'");
            // given
            onServer.reports.clear();
            server.execute("postgres", "begin read write; alter role all reset all; commit");
            alterSystem(server);
            // when
            onServer.apply(PLAN);
            // then
            assertThat(onServer.events(DatabaseFailed.class).get(0).failure().message())
                    .contains("by 'alter system set default_transaction_read_only = on'");
        }
    }

    private static void alterSystem(TestPostgres server) throws Exception {
        try (var connection = server.connect("postgres");
                var statement = connection.createStatement()) {
            statement.execute("alter system set default_transaction_read_only = on");
            statement.execute("select pg_reload_conf()");
            boolean inForce = false;
            while (!inForce) {
                try (var fresh = server.connect("postgres");
                        var asking = fresh.createStatement();
                        var rows = asking.executeQuery("show default_transaction_read_only")) {
                    rows.next();
                    inForce = rows.getString(1).equals("on");
                }
            }
        }
    }
}

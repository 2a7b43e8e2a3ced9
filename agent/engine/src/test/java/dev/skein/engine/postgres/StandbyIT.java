package dev.skein.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.embedded.ShutdownMode;
import dev.skein.embedded.testing.TestPostgres;
import dev.skein.embedded.testing.TestServers;
import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.StepFailure;
import dev.skein.protocol.plan.Plan;
import org.junit.jupiter.api.Test;

/** A server in recovery, which can be read and not written, and which may be promoted one day. */
final class StandbyIT {
    private static final Plan PLAN =
            Plans.sql(Plans.migration("1", "create table a (n int)", "drop table a"));

    @Test
    void standbyIsNamedAndReadAndWrittenOnlyOnceItIsPromoted() {
        try (TestPostgres server = TestServers.startPostgres();
                ExecutionFixture fixture = ExecutionFixture.onServer(server)) {
            // given
            becomeStandby(server);
            // when
            fixture.apply(PLAN);
            // then
            assertThat(fixture.eventNames()).containsExactly("DatabaseFailed");
            StepFailure refusal = fixture.events(DatabaseFailed.class).get(0).failure();
            assertThat(refusal.code()).isEqualTo("standby");
            assertThat(refusal.passing()).isFalse();
            assertThat(refusal.message())
                    .isEqualTo(
                            "server pg-1 is a standby, which can only be read; give its primary in"
                                    + " the agent's 'uri'");
            // when
            fixture.execute(fixture.nextOrder(OrderKind.SURVEY), PLAN);
            // then
            assertThat(fixture.eventNames()).endsWith("DatabaseSurveyed");
            assertThat(fixture.exists("skein.ledger")).isFalse();
            // when
            server.execute("postgres", "select pg_promote()");
            fixture.apply(PLAN);
            // then
            assertThat(fixture.eventNames()).endsWith("DatabaseApplied");
        }
    }

    /** As {@code pg_basebackup -R} does, but without a primary to follow. */
    private static void becomeStandby(TestPostgres server) {
        server.execute(
                "postgres",
                "do $$ begin execute pg_catalog.format('copy (select) to %L',"
                        + " pg_catalog.current_setting('data_directory') || '/standby.signal');"
                        + " end $$");
        server.restart(ShutdownMode.FAST);
    }
}

package dev.skein.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.embedded.testing.TestServers;
import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.plan.Plan;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real PgBouncer between the agent and its server. */
final class PoolerIT {
    private static final Plan PLAN =
            Plans.sql(Plans.migration("1", "create table a (n int)", "drop table a"));

    /** What people write after the first refusal. */
    private static final String IGNORED =
            "ignore_startup_parameters = extra_float_digits, lock_timeout,"
                    + " statement_timeout, idle_in_transaction_session_timeout,"
                    + " tcp_keepalives_idle, tcp_keepalives_interval, tcp_keepalives_count,"
                    + " search_path";

    @Test
    void poolerThatRefusesTheSettingsIsNamed() throws IOException {
        assertThat(refusal("pool_mode = transaction"))
                .contains("it says 'unsupported startup parameter")
                .contains("Connect past the pooler");
    }

    @ParameterizedTest
    @ValueSource(strings = {"transaction", "session", "statement"})
    void poolerThatSwallowsTheSettingsIsNamed(String mode) throws IOException {
        assertThat(refusal("pool_mode = " + mode + "\n" + IGNORED))
                .contains("lock_timeout is 0 instead of 2000")
                .contains("Connect past the pooler");
    }

    private static String refusal(String settings) throws IOException {
        try (PgBouncer pooler = PgBouncer.before(TestServers.postgres(), settings);
                ExecutionFixture fixture = ExecutionFixture.onFreshDatabase()) {
            fixture.port(pooler.port());
            fixture.apply(PLAN);
            fixture.execute(fixture.nextOrder(OrderKind.SURVEY), PLAN);

            assertThat(fixture.eventNames()).containsExactly("DatabaseFailed", "DatabaseFailed");
            assertThat(fixture.events(DatabaseFailed.class))
                    .allSatisfy(
                            event -> {
                                assertThat(event.failure().code()).isEqualTo("pooler");
                                assertThat(event.failure().passing()).isFalse();
                            });
            assertThat(fixture.exists("skein.ledger")).isFalse();
            assertThat(
                            fixture.value(
                                    "select count(*) from pg_locks l join pg_database d on d.oid ="
                                            + " l.database where l.locktype = 'advisory' and"
                                            + " d.datname = current_database()"))
                    .isEqualTo("0");
            return fixture.events(DatabaseFailed.class).get(0).failure().message();
        }
    }
}

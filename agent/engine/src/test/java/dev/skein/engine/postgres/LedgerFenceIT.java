package dev.skein.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.execution.ExecutionEnd;
import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.plan.Plan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A ledger whose fence refuses the very epoch that it holds. */
final class LedgerFenceIT {
    private static final Plan PLAN = Plans.sql(Plans.oneWay("1", "create table a (id int)"));
    private static final String DENY =
            "create or replace function skein.fence(held text, held_epoch bigint) returns void"
                    + " language plpgsql as $$ begin raise exception 'no' using errcode = 'SK001';"
                    + " end $$";

    private final ExecutionFixture fixture = ExecutionFixture.onFreshDatabase();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void orderThatIsRefusedWithoutANewerEpochFailsAndSaysSo() {
        // when
        ExecutionEnd end = fixture.before(OrderKind.APPLY, () -> fixture.execute(DENY), PLAN);
        // then
        assertThat(end).isEqualTo(ExecutionEnd.UNRECORDED);
        DatabaseFailed failed = fixture.events(DatabaseFailed.class).get(0);
        assertThat(failed.failure().code()).isEqualTo("ledger-fenced");
        assertThat(failed.failure().sqlState()).hasValue("SK001");
        assertThat(failed.failure().message())
                .contains("order 1 of rollout r-1")
                .contains("names no newer one");
        assertThat(fixture.exists("a")).isFalse();
    }
}

package dev.skein.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.execution.ExecutionEnd;
import dev.skein.engine.execution.Permit;
import dev.skein.protocol.event.DatabaseApplied;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.plan.Plan;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SharedLedgerIT {
    private static final int TENANTS = 12;

    private final ExecutionFixture fixture = ExecutionFixture.onFreshDatabase();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void tenantsOfOneDatabaseStartAtOnceAndShareOneLedger() {
        // given
        Plan plan = Plans.sql(Plans.migration("1", "create table a (n int)", "drop table a"));
        List<ExecutionFixture> tenants = new ArrayList<>();
        for (int i = 0; i < TENANTS; i++) {
            fixture.execute("create schema t_" + i);
            tenants.add(ExecutionFixture.onSchema(fixture.name, "t_" + i));
        }
        // when
        List<Future<ExecutionEnd>> ends =
                tenants.stream()
                        .map(t -> t.begin(t.nextOrder(OrderKind.APPLY), plan, Permit::go))
                        .toList();
        ends.forEach(ExecutionFixture::await);
        // then
        assertThat(tenants).allSatisfy(t -> assertThat(t.events(DatabaseApplied.class)).hasSize(1));
        assertThat(fixture.value("select count(distinct scope) from skein.ledger"))
                .isEqualTo(Integer.toString(TENANTS));
        tenants.forEach(ExecutionFixture::close);
    }
}

package dev.skein.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.event.DatabaseApplied;
import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.StepFailure;
import dev.skein.protocol.plan.Plan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A schema {@code skein} in which somebody else decides what Skein's statements call. */
final class ForeignLedgerIT {
    private static final Plan PLAN =
            Plans.flyway(Plans.migration("1", "create table a (n int)", "drop table a"));

    private final ExecutionFixture fixture = ExecutionFixture.onFreshDatabase();
    private String tenant;

    @BeforeEach
    void giveDatabaseToTheTenant() {
        tenant = Traps.tenantOf(fixture);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    /** The words of the refusal, which must be the same for every kind of order. */
    private String refusal() {
        fixture.reports.clear();
        String before = fixture.value("select max(oid::text::int) from pg_class");
        fixture.apply(PLAN);
        fixture.rollBack(PLAN);
        fixture.execute(fixture.nextOrder(OrderKind.SURVEY), PLAN);
        fixture.execute(fixture.nextOrder(OrderKind.ADOPT), PLAN);
        assertThat(fixture.eventNames()).hasSize(4).containsOnly("DatabaseFailed");
        assertThat(fixture.events(DatabaseFailed.class))
                .extracting(DatabaseFailed::failure)
                .allMatch(failure -> failure.code().equals("foreign-ledger"))
                .noneMatch(StepFailure::passing);
        assertThat(fixture.value("select max(oid::text::int) from pg_class")).isEqualTo(before);
        assertThat(Traps.caught(fixture)).isNull();
        return fixture.events(DatabaseFailed.class).get(0).failure().message();
    }

    @Test
    void ledgerThatTheTenantMadeIsRefused() {
        // given
        Traps.plantLedger(fixture, tenant);
        // then
        assertThat(refusal())
                .startsWith("schema skein belongs to the role " + tenant)
                .contains("rights of the agent's role postgres")
                .contains("'alter schema skein owner to postgres'")
                .contains("'drop schema skein cascade'");
    }

    @Test
    void emptySchemaOfTheTenantIsRefused() {
        // given
        fixture.execute("create schema skein authorization " + tenant);
        // then
        assertThat(refusal()).startsWith("schema skein belongs to the role " + tenant);
    }

    @Test
    void schemaOfTheRoleThatTheTenantMadeTheDefaultIsRefused() {
        // given
        Traps.plantLedger(fixture, tenant);
        fixture.execute("alter database " + fixture.name + " set role = '" + tenant + "'");
        // then
        assertThat(refusal()).startsWith("schema skein belongs to the role " + tenant);
    }

    @Test
    void tableOfAnotherOwnerIsRefused() {
        // given
        fixture.apply(PLAN);
        fixture.execute("alter table skein.target owner to " + tenant);
        // then
        assertThat(refusal())
                .startsWith("table skein.target belongs to the role " + tenant)
                .contains("'alter table skein.target owner to postgres'");
    }

    @Test
    void functionOfAnotherOwnerIsRefused() {
        // given
        fixture.apply(PLAN);
        fixture.execute("alter function skein.fence owner to " + tenant);
        // then
        assertThat(refusal())
                .startsWith("function skein.fence(text, bigint) belongs to the role " + tenant)
                .contains("'alter function skein.fence(text, bigint) owner to postgres'");
    }

    @Test
    void triggerIsRefused() {
        // given
        fixture.apply(PLAN);
        fixture.execute(
                "create function public.spy() returns trigger language plpgsql as 'begin insert"
                        + " into public.caught values (current_user, ''spy''); return new; end';"
                        + " create trigger spy before insert or update on skein.target"
                        + " for each row execute function public.spy()");
        // then
        assertThat(refusal())
                .startsWith("table skein.target has the trigger spy")
                .contains("'drop trigger spy on skein.target'");
    }

    @Test
    void ruleIsRefused() {
        // given
        fixture.apply(PLAN);
        fixture.execute("create rule quiet as on insert to skein.ledger do instead nothing");
        // then
        assertThat(refusal())
                .startsWith("table skein.ledger has the rule quiet")
                .contains("'drop rule quiet on skein.ledger'");
    }

    @Test
    void rowSecurityIsRefused() {
        // given
        fixture.apply(PLAN);
        fixture.execute("alter table skein.ledger enable row level security");
        // then
        assertThat(refusal())
                .startsWith("table skein.ledger has row security")
                .contains("'alter table skein.ledger disable row level security'");
    }

    @Test
    void schemaThatASuperuserMadeForTheAgentsRoleIsTaken() {
        // given
        String role = agentWithoutRights();
        fixture.execute("create schema skein; grant usage, create on schema skein to " + role);
        // when
        fixture.user(role).apply(PLAN);
        fixture.rollBack(PLAN);
        fixture.apply(PLAN);
        // then
        assertThat(fixture.events(DatabaseApplied.class)).hasSize(2);
    }

    @Test
    void schemaThatTheAgentsRoleWasGivenIsTaken() {
        // given
        String role = agentWithoutRights();
        fixture.execute("create schema skein authorization " + role);
        // when
        fixture.user(role).apply(PLAN);
        // then
        assertThat(fixture.events(DatabaseApplied.class)).hasSize(1);
    }

    /** A role that may create tables in public and no schema. */
    private String agentWithoutRights() {
        String role = fixture.name + "_agent";
        fixture.execute("create role " + role + " login; grant create on schema public to " + role);
        return role;
    }
}

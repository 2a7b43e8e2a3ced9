package dev.skein.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.protocol.event.DatabaseFailed;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.StepFailure;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Plan;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Roles that have what the advice grants them, and nothing else. */
final class AgentGrantsIT {
    private final ExecutionFixture fixture = ExecutionFixture.onFreshDatabase();
    private final String role = "Agent's %s " + fixture.name;
    private final String owner = fixture.name + "_owner";

    @AfterEach
    void close() {
        fixture.close();
    }

    static Stream<Arguments> everyAdvice() {
        return Arrays.stream(Framework.values())
                .flatMap(
                        each -> Stream.of(true, false).map(creates -> Arguments.of(each, creates)));
    }

    private AgentGrants grants(Framework framework, boolean createsSchema) {
        return new AgentGrants(
                role, fixture.name, "public", Optional.of(owner), framework, createsSchema);
    }

    private void grant(AgentGrants grants) {
        fixture.execute(grants.ofServer());
        fixture.execute(grants.ofServer());
        fixture.execute(grants.toNameBlockers());
        fixture.execute(grants.ofDatabase());
        fixture.execute(grants.ofDatabase());
        fixture.user(role);
    }

    private static Plan plan(Framework framework) {
        return Plans.of(
                framework,
                Plans.root(
                        "1",
                        "create table mine (n int); alter table theirs add m int",
                        "drop table mine; alter table theirs drop m"));
    }

    /** The tenant's own tables, in a database to which public has no more than PostgreSQL gives. */
    private void createTenant() {
        fixture.execute("create role " + owner + "; create table theirs (n int)");
        fixture.execute("alter table theirs owner to " + owner);
    }

    @ParameterizedTest
    @MethodSource("everyAdvice")
    void whatTheAdviceGrantsIsEnough(Framework framework, boolean createsSchema) {
        // given
        createTenant();
        grant(grants(framework, createsSchema));
        // when
        fixture.execute(fixture.nextOrder(OrderKind.SURVEY), plan(framework));
        fixture.apply(plan(framework));
        fixture.rollBack(plan(framework));
        fixture.apply(plan(framework));
        // then
        assertThat(fixture.events(DatabaseFailed.class)).isEmpty();
        assertThat(fixture.exists("mine")).isTrue();
        assertThat(
                        fixture.value(
                                "select rolsuper or rolcreatedb or rolcreaterole from pg_roles"
                                        + " where rolname like 'Agent%"
                                        + fixture.name
                                        + "'"))
                .isEqualTo("f");
    }

    @ParameterizedTest
    @MethodSource("everyAdvice")
    void versionTableThatAnotherRoleMadeIsGranted(Framework framework, boolean createsSchema) {
        // given
        createTenant();
        fixture.apply(plan(framework));
        fixture.rollBack(plan(framework));
        fixture.execute("drop schema skein cascade");
        fixture.forget();
        grant(grants(framework, createsSchema));
        // when
        fixture.rollout("r-2").apply(plan(framework));
        fixture.rollBack(plan(framework));
        // then
        assertThat(fixture.events(DatabaseFailed.class))
                .extracting(DatabaseFailed::failure)
                .extracting(StepFailure::message)
                .isEmpty();
        assertThat(fixture.exists("mine")).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Framework.class)
    void adviceThatAnAdministratorTakesCallsNothingOfTheTenants(Framework framework) {
        // given
        String tenant = Traps.tenantOf(fixture);
        Traps.plant(fixture, tenant);
        AgentGrants grants =
                new AgentGrants(
                        role, fixture.name, "public", Optional.of(tenant), framework, false);
        // when
        fixture.execute(grants.ofServer());
        fixture.execute(grants.ofDatabase());
        // then
        assertThat(Traps.caught(fixture)).isNull();
        assertThat(Traps.isSuperuser(fixture, tenant)).isFalse();
    }

    @Test
    void withoutTheAdviceTheFailureNamesIt() {
        // given
        createTenant();
        fixture.execute("create role " + fixture.name + "_bare login");
        // when
        fixture.user(fixture.name + "_bare").apply(plan(Framework.SQL));
        // then
        StepFailure failure = fixture.events(DatabaseFailed.class).get(0).failure();
        assertThat(failure.code()).isEqualTo("ledger-denied");
        assertThat(failure.message()).contains("skein agent grants");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void schemaThatAnAdministratorMadeForTheRoleIsEnough(boolean owned) {
        // given
        createTenant();
        grant(grants(Framework.SQL, true));
        String quoted = '"' + role + '"';
        fixture.execute("revoke create on database " + fixture.name + " from " + quoted);
        fixture.execute(
                owned
                        ? "create schema skein authorization " + quoted
                        : "create schema skein; grant usage, create on schema skein to " + quoted);
        // when
        fixture.apply(plan(Framework.SQL));
        // then
        assertThat(fixture.events(DatabaseFailed.class)).isEmpty();
    }
}

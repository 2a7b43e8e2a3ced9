package dev.skein.ops.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.ops.tools.Ran;
import dev.skein.protocol.plan.Plan;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * P6: a person who runs a framework's own command and an agent never do one thing twice.
 *
 * <p>Each framework's plan creates the table {@code done}, and after it notes what ran there. One
 * of its migrations passes the {@link MigrationGate}, so that a test can hold whoever came first.
 */
abstract class FrameworkLockContract {
    /** What a migration executes first. */
    static final String CREATE_DONE = "create table done (what text)";

    private static final String DONE = "select string_agg(what, ' ' order by what) from done";

    @RegisterExtension final SkeinSystem skein = new SkeinSystem();

    /** What a migration executes to be counted. */
    static String note(String what) {
        return "insert into done values ('" + what + "')";
    }

    /** The plan that agents run. */
    abstract Plan plan();

    /** What the notes read when every migration has run once. */
    abstract String notes();

    /** What a tenant needs before anybody comes. */
    void prepare(Tenant tenant) {}

    /** Has a person apply what a run needs to find, where that makes a difference. */
    void applyFirst(Tenant tenant) {}

    /** Starts a person's run of all migrations. */
    abstract CompletableFuture<Ran> startPerson(Tenant tenant);

    /** What a person's run says when it has applied what was left by {@link #applyFirst}. */
    String doneByPerson() {
        return "";
    }

    /** Part of the reason for which the agent waits, while a person's run is at the gate. */
    abstract String agentsReason();

    /** Part of what the framework says when it cannot go on because of the agent. */
    abstract String[] refusal();

    /** Waits until the framework cannot help being refused, while the agent is at the gate. */
    void awaitRefused(CompletableFuture<Ran> person, MigrationGate gate) {
        person.join();
    }

    /** The framework finds all done, and has nothing to do. */
    abstract void assertNothingLeft(Tenant tenant);

    @Test
    void p6TheAgentWaitsForAPersonsRunAndSaysSo() {
        Tenant tenant = tenant();
        applyFirst(tenant);
        MigrationGate gate = new MigrationGate(tenant).close();
        skein.start();
        CompletableFuture<Ran> person = startPerson(tenant);
        gate.awaitPerson();

        Rollout rollout = skein.open(plan(), RolloutStrategies.ALL);
        awaitReason(rollout, tenant, agentsReason());

        assertThat(rollout.reason(tenant)).contains("pid ");
        assertThat(tenant.applied()).isEmpty();
        gate.open();
        assertThat(person.join().requireDone().output()).contains(doneByPerson());
        rollout.awaitCompleted();
        assertThat(tenant.applied()).isEmpty();
        assertAllDoneOnce(tenant);
    }

    @Test
    void p6APersonsRunIsRefusedWhileTheAgentWorks() {
        Tenant tenant = tenant();
        MigrationGate gate = new MigrationGate(tenant).close();
        skein.start();
        Rollout rollout = skein.open(plan(), RolloutStrategies.ALL);
        gate.awaitAgent();

        CompletableFuture<Ran> person = startPerson(tenant);
        awaitRefused(person, gate);
        gate.open();

        assertThat(person.join().exitCode()).isNotZero();
        assertThat(person.join().output()).contains(refusal());
        rollout.awaitCompleted();
        assertThat(tenant.applied()).isEqualTo(appliedByAgent());
        assertAllDoneOnce(tenant);
    }

    /** What the ledger holds when the agent has applied all. */
    abstract String appliedByAgent();

    final Tenant tenant() {
        Tenant tenant = skein.tenant("a1");
        prepare(tenant);
        return tenant;
    }

    static void awaitReason(Rollout rollout, Tenant tenant, String part) {
        rollout.awaitTarget(
                tenant,
                "waits, since " + part,
                each -> each.path("reason").asText().contains(part));
    }

    final void assertAllDoneOnce(Tenant tenant) {
        assertThat(tenant.text(DONE)).isEqualTo(notes());
        assertNothingLeft(tenant);
        assertThat(tenant.text(DONE)).isEqualTo(notes());
    }
}

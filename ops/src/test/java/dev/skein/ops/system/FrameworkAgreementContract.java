package dev.skein.ops.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * P6: what a framework says of a database after Skein is what it says after itself.
 *
 * <p>A framework gives a plan of {@link #prepared()} and five more migrations, of which the last
 * three have a way back. Its person is somebody who runs the framework's own command. One database
 * is Skein's; its twins are the person's.
 */
abstract class FrameworkAgreementContract {
    private static final String ROLLBACK_ALL = "{ all: true }";
    private static final int OWN = 5;
    private static final int LAST = 2;

    @RegisterExtension final SkeinSystem skein = new SkeinSystem();

    /** How many migrations {@link #prepare} applies, or says to be applied. */
    int prepared() {
        return 0;
    }

    /** What a database needs before Skein or a person comes. */
    void prepare(Tenant tenant) {}

    /** The first migrations. */
    abstract Plan plan(int count);

    /**
     * A person applies the migrations up to that count in one go, whatever is there.
     *
     * @return what the framework says
     */
    abstract String apply(Tenant tenant, int count);

    /** The framework says that it has applied the migrations between these counts, and no other. */
    void assertSaysApplied(String said, int from, int to) {}

    /** Status, version table and schema are the same. */
    abstract void assertSame(Tenant bySkein, Tenant twin);

    /** The same, where the version table still tells of a way back that only Skein went. */
    void assertSameAfterWayBack(Tenant bySkein, Tenant twin) {
        assertSame(bySkein, twin);
    }

    /** The framework calls the database whole, and has nothing to do. */
    abstract void assertUpToDate(Tenant tenant);

    /** What the framework says after Skein took the last migrations back. */
    void assertTakenBack(Tenant tenant) {}

    /** The same of a database that may never have had them. */
    void assertTakenBackAfterAll(Tenant tenant) {
        assertTakenBack(tenant);
    }

    /** The version table in short: what is applied, in order. */
    abstract String applied(Tenant tenant);

    /** How it ends when all but the last two are applied. */
    abstract String endOfFirst();

    /** How it ends when the last two are applied too. */
    abstract String endOfAll();

    /** How it ends when Skein began, a person went on, and Skein finished. */
    String endOfTurns() {
        return endOfAll();
    }

    /**
     * The twin of a database from which Skein took the last two migrations back.
     *
     * @param ahead has them all by the framework
     * @param behind never had the last two
     */
    abstract Tenant takenBack(Tenant ahead, Tenant behind);

    final int all() {
        return prepared() + OWN;
    }

    final int first() {
        return all() - LAST;
    }

    @Test
    void p6OnTheWayForwardAndBackItSaysWhatItSaysOfItsOwn() {
        Tenant bySkein = announced("skein");
        Tenant ahead = twin("ahead");
        Tenant behind = twin("behind");
        skein.start();

        roll(first());
        apply(ahead, first());
        apply(behind, first());
        assertSame(bySkein, ahead);
        String schemaOfFirst = bySkein.schema();

        Rollout rest = roll(all());
        apply(ahead, all());
        assertSame(bySkein, ahead);
        assertThat(applied(bySkein)).endsWith(endOfAll());
        assertUpToDate(bySkein);
        String schemaOfAll = bySkein.schema();

        takeBack(rest);
        Tenant twin = takenBack(ahead, behind);
        assertSameAfterWayBack(bySkein, twin);
        assertTakenBack(bySkein);
        assertThat(applied(bySkein)).endsWith(endOfFirst());
        assertThat(bySkein.schema()).isEqualTo(schemaOfFirst);

        roll(all());
        apply(twin, all());
        assertSameAfterWayBack(bySkein, twin);
        assertUpToDate(bySkein);
        assertThat(applied(bySkein)).endsWith(endOfAll());
        assertThat(bySkein.schema()).isEqualTo(schemaOfAll);
    }

    @Test
    void p6WhatSkeinTookBackItAppliesAgain() {
        Tenant bySkein = announced("skein");
        Tenant twin = twin("twin");
        skein.start();
        roll(first());
        apply(twin, first());
        takeBack(roll(all()));

        String said = apply(bySkein, all());

        assertSaysApplied(said, first(), all());
        apply(twin, all());
        assertSameAfterWayBack(bySkein, twin);
        assertThat(applied(bySkein)).endsWith(endOfAll());
        assertUpToDate(bySkein);
    }

    @Test
    void p6ItGoesOnWhereSkeinStoppedAndTheOtherWayRound() {
        Tenant bySkein = announced("skein");
        Tenant ahead = twin("ahead");
        Tenant behind = twin("behind");
        skein.start();
        roll(first() - 1);
        for (Tenant twin : List.of(ahead, behind)) {
            apply(twin, first() - 1);
            apply(twin, first());
        }

        assertSaysApplied(apply(bySkein, first()), first() - 1, first());
        Rollout onTop = roll(all());

        apply(ahead, all());
        assertSame(bySkein, ahead);
        assertThat(applied(bySkein)).endsWith(endOfTurns());
        assertThat(bySkein.applied()).isEqualTo(keysButForOneOfAPerson());
        takeBack(onTop);
        assertSameAfterWayBack(bySkein, takenBack(ahead, behind));
    }

    private String keysButForOneOfAPerson() {
        List<String> keys = new ArrayList<>(keys());
        keys.remove(first() - 1);
        return String.join(" ", keys.subList(prepared(), keys.size()));
    }

    @Test
    void p6WhatItPutOnTopIsInTheWayBack() {
        Tenant tenant = announced("a1");
        apply(tenant, first() - 1);
        skein.start();
        Rollout rollout = roll(first());
        apply(tenant, first() + 1);
        takeBack(roll(all()));
        String schema = tenant.schema();
        String applied = applied(tenant);

        rollout.verb("rollback", ROLLBACK_ALL);

        JsonNode target = rollout.awaitState(tenant, "irreversible");
        String onTop = keys().get(first());
        assertThat(target.path("reason").asText())
                .contains(
                        "migration " + onTop + " was applied after it by somebody else than Skein");
        assertThat(tenant.schema()).isEqualTo(schema);
        assertThat(applied(tenant)).isEqualTo(applied).contains(onTop);
    }

    /** Half of the fleet was migrated by a person, who goes on with it after each turn. */
    @Test
    void p6AFleetThatGoesToAVersionIsItsOwnWhoeverAppliedWhatWasThere() {
        Tenant bySkein = announced("skein");
        Tenant behindBySkein = announced("skein_behind");
        Tenant byHand = announced("hand");
        Tenant behindByHand = announced("hand_behind");
        List<Tenant> fleet = List.of(bySkein, behindBySkein, byHand, behindByHand);
        List.of(byHand, behindByHand).forEach(each -> apply(each, first()));
        apply(byHand, all());
        skein.start();
        skein.open(plan(first()), RolloutStrategies.only(bySkein, behindBySkein)).awaitCompleted();
        skein.open(plan(all()), RolloutStrategies.only(bySkein)).awaitCompleted();
        String schemaOfFirst = behindByHand.schema();
        String schemaOfAll = byHand.schema();

        goTo(first());
        fleet.forEach(each -> assertIsAtFirst(each, schemaOfFirst));

        apply(bySkein, all());
        apply(behindByHand, all());
        Rollout forward = goTo(all());
        fleet.forEach(each -> assertIsAtTheEnd(each, schemaOfAll));

        String version = version(first());
        forward.verb("rollback", "{ all: true, to: '" + version + "' }");
        forward.awaitPhase("rolled-back");
        fleet.forEach(each -> assertIsAtFirst(each, schemaOfFirst));
        for (Tenant each : fleet) {
            apply(each, all());
            assertIsAtTheEnd(each, schemaOfAll);
        }
    }

    private Rollout goTo(int count) {
        Rollout rollout = skein.openTo(plan(all()), RolloutStrategies.ALL, version(count));
        rollout.awaitCompleted();
        return rollout;
    }

    private String version(int count) {
        return plan(all()).migrations().get(count - 1).version();
    }

    private void assertIsAtFirst(Tenant tenant, String schema) {
        assertTakenBackAfterAll(tenant);
        assertThat(applied(tenant)).endsWith(endOfFirst());
        assertThat(tenant.schema()).isEqualTo(schema);
    }

    private void assertIsAtTheEnd(Tenant tenant, String schema) {
        assertUpToDate(tenant);
        assertThat(tenant.schema()).isEqualTo(schema);
    }

    private List<String> keys() {
        return plan(all()).migrations().stream().map(Migration::key).toList();
    }

    final Tenant announced(String name) {
        Tenant tenant = skein.tenant(name);
        prepare(tenant);
        return tenant;
    }

    final Tenant twin(String name) {
        Tenant tenant = skein.unannounced(name);
        prepare(tenant);
        return tenant;
    }

    /** Skein applies the first migrations. */
    final Rollout roll(int count) {
        Rollout rollout = skein.open(plan(count), RolloutStrategies.ALL);
        rollout.awaitCompleted();
        return rollout;
    }

    static void takeBack(Rollout rollout) {
        rollout.verb("rollback", ROLLBACK_ALL);
        rollout.awaitPhase("rolled-back");
    }
}

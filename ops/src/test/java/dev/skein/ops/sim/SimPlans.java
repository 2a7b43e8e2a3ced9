package dev.skein.ops.sim;

import dev.skein.protocol.plan.Atomicity;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.Probe;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.plan.StatementStep;
import dev.skein.protocol.plan.Step;
import dev.skein.protocol.plan.VersionTableName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Plans of a run: migrations of one to three steps of every kind, with every way back. */
final class SimPlans {
    private static final int MIGRATIONS_MAX = 4;
    private static final int STEPS_MAX = 3;

    /** How many of a plan's steps nobody can tell the end of. */
    private static final List<Double> DOUBTFUL = List.of(0.0, 0.1, 0.1, 0.8);

    private final Dice dice;

    private SimPlans(Dice dice) {
        this.dice = dice;
    }

    static Plan draw(Dice dice) {
        SimPlans plans = new SimPlans(dice);
        boolean reversible = dice.chance(0.7);
        double doubtful = dice.pick(DOUBTFUL);
        boolean rehearsed = dice.chance(0.5);
        List<Migration> migrations = new ArrayList<>();
        long count = dice.between(1, MIGRATIONS_MAX);
        for (int version = 1; version <= count; version++) {
            migrations.add(plans.migration(Integer.toString(version), reversible, doubtful));
        }
        Plan plan =
                dice.chance(0.5)
                        ? new Plan(Framework.SQL, Optional.empty(), migrations)
                        : new Plan(
                                Framework.FLYWAY,
                                Optional.of(new VersionTableName(Optional.empty(), "history")),
                                migrations);
        return rehearsed ? SimRehearsal.rehearsed(plan) : plan;
    }

    /** The same source at an earlier time. */
    static Plan shortened(Plan plan, int migrations) {
        Plan shorter = plan.withMigrations(plan.migrations().subList(0, migrations));
        return plan.rehearsal().isPresent() ? SimRehearsal.rehearsed(shorter) : shorter;
    }

    private Migration migration(String version, boolean reversible, double doubtful) {
        List<Step> up = new ArrayList<>();
        List<Step> mirrored = new ArrayList<>();
        long count = dice.between(1, STEPS_MAX);
        for (int i = 0; i < count; i++) {
            step(version + "." + i, doubtful, up, mirrored);
        }
        Collections.reverse(mirrored);
        Optional<List<Step>> down = Optional.of(mirrored);
        if (dice.chance(0.25)) {
            down = Optional.of(clearing(version, up.size()));
        }
        if (!reversible && dice.chance(0.4)) {
            down = Optional.empty();
        }
        return new Migration(
                MigrationKind.VERSIONED,
                version,
                "change " + version,
                version + ".sql",
                Optional.of("sum-" + version),
                up,
                down);
    }

    /** Not one step down for each step up, so that all of them have to run. */
    private List<Step> clearing(String version, int stepsUp) {
        Step clear = new ScriptStep("clear " + version);
        Step before = new ScriptStep("touch " + version + ".x");
        return stepsUp == 2 || dice.chance(0.5) ? List.of(clear) : List.of(before, clear);
    }

    private void step(String object, double doubtful, List<Step> up, List<Step> down) {
        if (dice.chance(doubtful)) {
            doubtfulStep(object, up, down);
            return;
        }
        double kind = dice.unit();
        if (kind < 0.6) {
            up.add(new ScriptStep("do " + object));
            down.add(undo(object));
        } else if (kind < 0.95) {
            String word = dice.chance(0.3) ? "index-unless-there " : "index ";
            Probe created = new Probe.IndexCreated(Optional.empty(), "t", object);
            Probe dropped = new Probe.IndexDropped(Optional.empty(), object);
            up.add(new StatementStep(List.of(), word + object, created));
            down.add(new StatementStep(List.of(), "unindex " + object, dropped));
        } else {
            up.add(new StatementStep(List.of(), "touch " + object, new Probe.Harmless()));
            down.add(new ScriptStep("touch " + object));
        }
    }

    private void doubtfulStep(String object, List<Step> up, List<Step> down) {
        boolean alike = dice.chance(0.5);
        if (dice.chance(0.4)) {
            up.add(inDoubt("do " + object));
            down.add(alike ? inDoubt("undo " + object) : undo(object));
        } else {
            up.add(inDoubt(SimSql.ofTwoParts("alter", object)));
            down.add(alike ? inDoubt(SimSql.ofTwoParts("drop", object)) : undo(object));
        }
    }

    private static Step undo(String object) {
        return new ScriptStep("undo " + object);
    }

    private static Step inDoubt(String sql) {
        Atomicity atomicity = sql.contains("commit") ? Atomicity.SCHEMA_ONLY : Atomicity.ATOMIC;
        return new StatementStep(List.of(), sql, new Probe.Undecidable()).with(atomicity);
    }
}

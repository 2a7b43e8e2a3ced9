package dev.skein.engine.execution;

import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.Repair;
import dev.skein.protocol.id.AgentId;
import dev.skein.protocol.id.PlanId;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.ObjectChange;
import dev.skein.protocol.plan.Parameter;
import dev.skein.protocol.plan.ParameterSource;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.Rehearsal;
import dev.skein.protocol.plan.RehearsedStep;
import dev.skein.protocol.plan.Step;
import dev.skein.protocol.strategy.StepLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Plans of steps of every kind, and orders to apply them and to roll them back. */
final class RandomPlans {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

    private final SplittableRandom random;

    RandomPlans(SplittableRandom random) {
        this.random = random;
    }

    Plan plan() {
        List<Migration> migrations = new ArrayList<>();
        for (int i = 1; i <= 1 + random.nextInt(2); i++) {
            migrations.add(migration(i));
        }
        Plan plan = new Plan(Framework.SQL, Optional.empty(), migrations);
        Plan known = oneIn(3) ? plan : plan.rehearsed(rehearsal(migrations));
        return oneIn(40) ? withUnknownLabel(known) : known;
    }

    private Migration migration(int version) {
        return new Migration(
                MigrationKind.VERSIONED,
                String.valueOf(version),
                "m",
                "V" + version + "__m.sql",
                Optional.of("49"),
                steps(),
                oneIn(20) ? Optional.empty() : Optional.of(steps()));
    }

    private List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            steps.add(SmallOrders.STEPS.get(random.nextInt(SmallOrders.STEPS.size())));
        }
        return steps;
    }

    private Rehearsal rehearsal(List<Migration> migrations) {
        List<RehearsedStep> steps = new ArrayList<>();
        for (Migration migration : migrations) {
            migration.up().forEach(step -> steps.add(rehearsed(migration, true, steps)));
            migration
                    .down()
                    .ifPresent(
                            down ->
                                    down.forEach(
                                            step -> steps.add(rehearsed(migration, false, steps))));
        }
        return new Rehearsal(AT, "15.4", Optional.empty(), steps);
    }

    private RehearsedStep rehearsed(Migration migration, boolean up, List<RehearsedStep> before) {
        int index =
                (int)
                        before.stream()
                                .filter(each -> each.migration().equals(migration.key()))
                                .filter(each -> each.up() == up)
                                .count();
        List<ObjectChange> changes =
                oneIn(5)
                        ? List.of()
                        : List.of(
                                new ObjectChange(
                                        "table a",
                                        Optional.empty(),
                                        Optional.of(SmallOrders.AFTER)),
                                new ObjectChange(
                                        "table b",
                                        Optional.empty(),
                                        Optional.of(SmallOrders.AFTER)));
        return new RehearsedStep(
                migration.key(), up, index, Duration.ZERO, "b", "a", changes, List.of());
    }

    private static Plan withUnknownLabel(Plan plan) {
        return new Plan(
                plan.framework(),
                plan.versionTable(),
                plan.migrations(),
                plan.gaps(),
                Optional.of(List.of(new Parameter("${tier}", ParameterSource.LABEL, "tier"))),
                plan.hooks(),
                plan.rehearsal());
    }

    OrderIssued order(long epoch) {
        StepLimits limits =
                new StepLimits(
                        Duration.ofSeconds(2),
                        Optional.empty(),
                        oneIn(3) ? Duration.ofMillis(1500) : Duration.ZERO,
                        1 + random.nextInt(6));
        return new OrderIssued(
                ExecutionScript.DATABASE,
                epoch,
                new RolloutId("r-1"),
                0,
                (int) epoch,
                oneIn(2) ? OrderKind.APPLY : OrderKind.ROLLBACK,
                new AgentId("agent-1"),
                new PlanId("0".repeat(64)),
                0,
                0,
                limits,
                oneIn(4) ? List.of(SmallOrders.CHECK) : List.of(),
                oneIn(2)
                        ? Optional.empty()
                        : Optional.of(Repair.values()[random.nextInt(Repair.values().length)]),
                AT);
    }

    private boolean oneIn(int many) {
        return random.nextInt(many) == 0;
    }
}

package dev.skein.ops.rehearse;

import dev.skein.ops.scratch.ScratchServer;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.plan.DelegatedStep;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.ObjectChange;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.Rehearsal;
import dev.skein.protocol.plan.RehearsedStep;
import dev.skein.protocol.plan.Step;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Tries a plan out on a scratch database.
 *
 * <ol>
 *   <li>The check queries are asked.
 *   <li>Each migration is applied, step by step; where it has a down, that is run, the schema held
 *       against the one of before, and the migration applied again. So every down is proven by
 *       itself, whatever the others do, and a plan takes three times as long as its migrations.
 *   <li>The check queries are asked again.
 * </ol>
 *
 * <p>Threads: one at a time; blocks.
 */
public final class Rehearser {
    private static final int NAMED_MAX = 5;

    private final ScratchServer server;
    private final Optional<String> template;
    private final RehearsalHost host;

    /**
     * @param template the database on that server whose copies are used; empty ones where absent
     */
    public Rehearser(ScratchServer server, Optional<String> template, RehearsalHost host) {
        this.server = server;
        this.template = template;
        this.host = host;
    }

    /**
     * Rehearses the plan.
     *
     * @throws RehearsalFailure if a step up does not run
     */
    public RehearsalReport rehearse(Plan plan, List<CheckQuery> checks) {
        try (RehearsalDatabase stage = new RehearsalDatabase(server, template, plan, host)) {
            return new Run(plan, stage).all(checks);
        } catch (SQLException failure) {
            throw new RehearsalFailure(
                    "the scratch database cannot be read: " + failure.getMessage(), failure);
        }
    }

    /** One plan on one stage. */
    private final class Run {
        private final Plan plan;
        private final RehearsalDatabase stage;
        private final List<RehearsedStep> steps = new ArrayList<>();
        private final List<WayBack> waysBack = new ArrayList<>();
        private final List<String> leftOut = new ArrayList<>();

        Run(Plan plan, RehearsalDatabase stage) {
            this.plan = plan;
            this.stage = stage;
        }

        RehearsalReport all(List<CheckQuery> checks) throws SQLException {
            List<String> before = CheckQueries.ask(stage.connection(), checks);
            List<Migration> missing = missing();
            for (int i = 0; i < missing.size(); i++) {
                if (i == 0) {
                    stage.runHooksBefore(missing.get(i));
                }
                rehearse(missing.get(i));
            }
            stage.runHooksAfter();
            List<String> after = CheckQueries.ask(stage.connection(), checks);
            List<CheckAnswer> answers = new ArrayList<>();
            for (int i = 0; i < checks.size(); i++) {
                answers.add(new CheckAnswer(checks.get(i), before.get(i), after.get(i)));
            }
            Rehearsal rehearsal =
                    new Rehearsal(host.samples().now(), server.version(), template, steps);
            return new RehearsalReport(rehearsal, waysBack, answers, leftOut, runs(missing));
        }

        private List<RehearsedRun> runs(List<Migration> migrations) {
            List<RehearsedRun> runs = new ArrayList<>();
            for (Migration each : migrations) {
                runs.addAll(runs(each.key(), true, each.up()));
                runs.addAll(runs(each.key(), false, each.down().orElse(List.of())));
            }
            return runs;
        }

        private List<RehearsedRun> runs(String migration, boolean up, List<Step> ofIt) {
            return IntStream.range(0, ofIt.size())
                    .filter(i -> ofIt.get(i) instanceof DelegatedStep)
                    .filter(i -> hasRun(migration, up, i))
                    .mapToObj(i -> RehearsedRun.of(migration, up, i, (DelegatedStep) ofIt.get(i)))
                    .toList();
        }

        private boolean hasRun(String migration, boolean up, int index) {
            return steps.stream()
                    .anyMatch(
                            each ->
                                    each.migration().equals(migration)
                                            && each.up() == up
                                            && each.index() == index);
        }

        private List<Migration> missing() {
            Set<String> applied = stage.passedOver();
            List<Migration> missing = new ArrayList<>();
            for (Migration migration : plan.migrations()) {
                if (applied.contains(migration.key()) || isReplaced(migration)) {
                    leftOut.add(migration.key());
                } else {
                    missing.add(migration);
                }
            }
            return missing;
        }

        /** A baseline beside the migrations for which it stands: those are the longer way. */
        private boolean isReplaced(Migration migration) {
            return migration.kind() == MigrationKind.BASELINE
                    && plan.migrations().get(0) != migration;
        }

        private void rehearse(Migration migration) throws SQLException {
            SchemaPrint before = stage.print();
            List<String> roles = stage.madeRoles();
            RehearsalDatabase.AppliedMigration applied = stage.watched(migration);
            steps.addAll(applied.steps());
            if (migration.down().isEmpty()) {
                report(migration, WayBack.Verdict.NONE, Optional.empty());
                return;
            }
            back(migration, new Around(before, roles, applied.rollout(), stage.print()));
        }

        private void back(Migration migration, Around around) throws SQLException {
            try {
                steps.addAll(stage.rollBack(migration, around.rollout()));
                List<ObjectChange> left = around.before().differencesTo(stage.print());
                List<String> roles = new ArrayList<>(stage.madeRoles());
                roles.removeAll(around.roles());
                // They belong to the server; no schema shows them, and no generated down drops
                // them.
                stage.dropRoles(roles);
                again(migration, left);
                judge(
                        migration,
                        new Outcome(left, roles, around.after().differencesTo(stage.print())));
            } catch (RehearsalFailure failed) {
                report(migration, WayBack.Verdict.FAILED, Optional.of(failed.getMessage()));
                stage.setUpAgain();
            }
        }

        private void again(Migration migration, List<ObjectChange> left) throws SQLException {
            try {
                stage.apply(migration);
            } catch (RehearsalFailure refused) {
                throw new RehearsalFailure(
                        "applied again after its down, "
                                + refused.getMessage()
                                + (left.isEmpty() ? "" : "; " + notAsBefore(left)),
                        refused);
            }
        }

        private void judge(Migration migration, Outcome outcome) throws SQLException {
            List<String> reasons = new ArrayList<>();
            if (!outcome.left().isEmpty()) {
                reasons.add(notAsBefore(outcome.left()));
            } else if (!outcome.again().isEmpty()) {
                reasons.add(
                        "applied again after its down it makes these differently: "
                                + names(outcome.again()));
            }
            if (!outcome.roles().isEmpty()) {
                reasons.add(
                        "its down leaves on the server what the migration made there: role "
                                + String.join(", role ", outcome.roles()));
            }
            report(
                    migration,
                    reasons.isEmpty() ? WayBack.Verdict.PROVEN : WayBack.Verdict.DIFFERENT,
                    reasons.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", reasons)));
            if (!outcome.again().isEmpty()) {
                stage.setUpAgain();
            }
        }

        private String notAsBefore(List<ObjectChange> left) {
            return "after its down these are not as before: " + names(left);
        }

        private void report(Migration migration, WayBack.Verdict verdict, Optional<String> reason) {
            waysBack.add(new WayBack(migration.key(), migration.script(), verdict, reason));
        }
    }

    /**
     * What there was around a migration.
     *
     * @param roles made by migrations before it
     * @param rollout that applied it
     */
    private record Around(
            SchemaPrint before, List<String> roles, RolloutId rollout, SchemaPrint after) {}

    /**
     * What a down left, and what the migration made of it when applied again.
     *
     * @param roles that the migration made and the down did not drop
     */
    private record Outcome(List<ObjectChange> left, List<String> roles, List<ObjectChange> again) {}

    private static String names(List<ObjectChange> changes) {
        String more =
                changes.size() > NAMED_MAX ? " and " + (changes.size() - NAMED_MAX) + " more" : "";
        return changes.stream()
                        .limit(NAMED_MAX)
                        .map(Rehearser::described)
                        .collect(Collectors.joining(", "))
                + more;
    }

    private static String described(ObjectChange change) {
        if (change.before().isEmpty()) {
            return change.object() + " (was not there)";
        }
        return change.object() + (change.after().isEmpty() ? " (is gone)" : " (differs)");
    }
}

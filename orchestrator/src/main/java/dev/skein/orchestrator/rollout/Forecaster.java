package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.DatabaseState;
import dev.skein.protocol.event.Direction;
import dev.skein.protocol.event.OrderKind;
import dev.skein.protocol.event.RollbackTerms;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.plan.Ancestry;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.VersionReach;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Tells what an order of a kind would do to a database, by the rules of the agents' planners, but
 * from reports alone: an agent reads the database itself and has the last word.
 *
 * <ol>
 *   <li>What is undone: what the rollout has run and is still there, or what is above a version.
 *   <li>A migration without a down refuses the whole, is where a rollback as far as possible stops,
 *       or is passed over where a person accepted it.
 *   <li>Then, on the way to a version or to the end of the plan, what is missing is applied.
 * </ol>
 */
final class Forecaster {
    private final Plan plan;
    private final RolloutId rollout;
    private final RollbackTerms terms;

    /**
     * @param rollout whose orders these are
     */
    Forecaster(Plan plan, RolloutId rollout, RollbackTerms terms) {
        this.plan = plan;
        this.rollout = rollout;
        this.terms = terms;
    }

    Forecast of(OrderKind kind, DatabaseState database) {
        ReportedPlace place = new ReportedPlace(plan, database);
        Optional<List<String>> present = place.present();
        if (present.isEmpty()) {
            return Forecast.without(ForecastOutcome.UNKNOWN, place.version(), unknown(place));
        }
        return switch (kind) {
            case APPLY -> forward(place, present.get(), List.of(), keys(plan.migrations()));
            case MOVE -> move(place, present.get());
            case ROLLBACK -> back(place, database, present.get());
            case ROLLBACK_TO -> backTo(place, present.get());
            case SURVEY, ADOPT ->
                    Forecast.without(
                            ForecastOutcome.NOTHING_TO_DO,
                            place.version(),
                            "an order to " + kind.label() + " runs no migration");
        };
    }

    /** Those without a down that would refuse a rollback of the database, oldest first. */
    List<Migration> obstacles(OrderKind kind, DatabaseState database) {
        ReportedPlace place = new ReportedPlace(plan, database);
        return place.present()
                .map(
                        present ->
                                kind == OrderKind.ROLLBACK
                                        ? place.ranBy(rollout, present)
                                        : above(present))
                .map(this::stuck)
                .orElse(List.of());
    }

    private static String unknown(ReportedPlace place) {
        return place.version()
                .map(
                        version ->
                                "it is at version "
                                        + version
                                        + ", which the plan does not have; its agent decides when"
                                        + " it reads the database")
                .orElse(
                        "no agent has read it so far; 'skein fleet adopt' without --confirm"
                                + " reads it and writes nothing");
    }

    private Optional<VersionReach> reach() {
        return VersionReach.of(plan, terms.to().orElse(""));
    }

    private List<String> above(List<String> present) {
        return reach().map(VersionReach::above).orElse(List.of()).stream()
                .filter(present::contains)
                .toList();
    }

    private Forecast move(ReportedPlace place, List<String> present) {
        return forward(
                place,
                present,
                above(present),
                reach().map(VersionReach::within).orElse(List.of()));
    }

    private Forecast back(ReportedPlace place, DatabaseState database, List<String> present) {
        if (database.progress().of(rollout).isEmpty()) {
            return Forecast.without(
                    ForecastOutcome.UNKNOWN,
                    place.version(),
                    "nothing was reported of its order yet; what it has done by then is undone");
        }
        String nothing = "rollout " + rollout + " has applied nothing that is still there";
        Forecast told = undoing(place, present, place.ranBy(rollout, present), nothing);
        return database.hasOutstanding(rollout) && told.reason().isEmpty()
                ? new Forecast(
                        told.outcome(),
                        told.version(),
                        told.versionAfter(),
                        told.moves(),
                        "an order is at work there: what it does until then is undone as well")
                : told;
    }

    private Forecast backTo(ReportedPlace place, List<String> present) {
        String nothing = "nothing is applied above version " + terms.to().orElse("");
        return undoing(place, present, above(present), nothing);
    }

    private Forecast undoing(
            ReportedPlace place, List<String> present, List<String> meant, String nothing) {
        if (meant.isEmpty()) {
            return Forecast.without(ForecastOutcome.NOTHING_TO_UNDO, place.version(), nothing);
        }
        return new Way(place, present, meant).back();
    }

    private Forecast forward(
            ReportedPlace place, List<String> present, List<String> above, List<String> within) {
        return new Way(place, present, above).moved(within);
    }

    private List<Migration> stuck(List<String> keys) {
        return migrations(keys).stream()
                .filter(each -> each.down().isEmpty() && !terms.accepts(each.key()))
                .toList();
    }

    private List<Migration> migrations(List<String> keys) {
        return plan.migrations().stream().filter(each -> keys.contains(each.key())).toList();
    }

    private static List<String> keys(List<Migration> migrations) {
        return migrations.stream().map(Migration::key).toList();
    }

    /** The way of one database. */
    private final class Way {
        private final ReportedPlace place;
        private final List<String> present;
        private final List<Migration> meant;
        private final List<Migration> stuck;
        private final List<ForecastMove> moves = new ArrayList<>();
        private final List<String> after;

        Way(ReportedPlace place, List<String> present, List<String> meant) {
            this.place = place;
            this.present = present;
            this.meant = migrations(meant);
            stuck = stuck(meant);
            after = new ArrayList<>(present);
        }

        Forecast back() {
            List<Migration> undone = undone();
            if (startsWithABaseline(undone)) {
                return Forecast.without(
                        ForecastOutcome.UNKNOWN,
                        place.version(),
                        "the plan has a baseline, and no report tells whether the database began"
                                + " with it");
            }
            if (undone.isEmpty() && !stuck.isEmpty()) {
                return irreversible();
            }
            undo(undone);
            return forecast(reason(undone));
        }

        Forecast moved(List<String> within) {
            if (!stuck.isEmpty()) {
                return irreversible();
            }
            List<Migration> undone = undone();
            undo(undone);
            List<Migration> missing = missing(within);
            for (Migration each : missing) {
                Optional<RolloutId> cutOff = place.halfTakenBackBy(each.key());
                if (cutOff.isPresent()) {
                    return halfTakenBack(each, cutOff.get());
                }
                moves.add(move(each, Direction.UP, place.left(each)));
                after.add(each.key());
            }
            return moves.isEmpty()
                    ? Forecast.without(ForecastOutcome.NOTHING_TO_DO, place.version(), "")
                    : forecast(reason(undone));
        }

        /** What is left above the newest one that cannot be undone, newest first. */
        private List<Migration> undone() {
            int from = stuck.isEmpty() ? 0 : meant.indexOf(stuck.get(stuck.size() - 1)) + 1;
            boolean all = terms.asFarAsPossible() || stuck.isEmpty();
            List<Migration> undone =
                    new ArrayList<>(all ? meant.subList(from, meant.size()) : List.of());
            Collections.reverse(undone);
            return undone;
        }

        private void undo(List<Migration> undone) {
            undone.stream()
                    .filter(each -> place.leftBack(each) > 0)
                    .map(each -> move(each, Direction.DOWN, place.leftBack(each)))
                    .forEach(moves::add);
            after.removeAll(keys(undone));
        }

        /** A baseline stands for what is up to it, and is of use only where nothing is there. */
        private List<Migration> missing(List<String> within) {
            List<Migration> all =
                    migrations(within).stream()
                            .filter(each -> each.kind() != MigrationKind.REPEATABLE)
                            .filter(
                                    each ->
                                            !after.contains(each.key())
                                                    || place.isHalfDone(each.key()))
                            .toList();
            int begin = 0;
            for (int i = 0; after.isEmpty() && i < all.size(); i++) {
                begin = all.get(i).kind() == MigrationKind.BASELINE ? i : begin;
            }
            return all.subList(begin, all.size()).stream()
                    .filter(each -> after.isEmpty() || each.kind() == MigrationKind.VERSIONED)
                    .toList();
        }

        private boolean startsWithABaseline(List<Migration> undone) {
            List<Migration> baselines =
                    plan.migrations().stream()
                            .filter(each -> each.kind() == MigrationKind.BASELINE)
                            .toList();
            int last =
                    baselines.isEmpty()
                            ? -1
                            : plan.migrations().indexOf(baselines.get(baselines.size() - 1));
            return undone.stream().anyMatch(each -> plan.migrations().indexOf(each) <= last);
        }

        private Forecast irreversible() {
            return Forecast.without(
                    ForecastOutcome.IRREVERSIBLE,
                    place.version(),
                    PlanDowns.names(stuck) + (stuck.size() == 1 ? " has" : " have") + " no down");
        }

        private Forecast halfTakenBack(Migration migration, RolloutId by) {
            return Forecast.without(
                    ForecastOutcome.BLOCKED,
                    place.version(),
                    "migration "
                            + migration.key()
                            + " is half taken back by rollout "
                            + by
                            + ": 'skein rollout rollback "
                            + by
                            + "' takes back the rest");
        }

        private String reason(List<Migration> undone) {
            List<Migration> passed = undone.stream().filter(each -> each.down().isEmpty()).toList();
            List<String> parts = new ArrayList<>();
            if (!stuck.isEmpty()) {
                parts.add("it stops above " + stuck.get(stuck.size() - 1).script());
            }
            if (!passed.isEmpty()) {
                parts.add("what " + PlanDowns.names(passed) + " made stays");
            }
            return String.join("; ", parts);
        }

        private Forecast forecast(String reason) {
            return new Forecast(
                    ForecastOutcome.RUNS, place.version(), versionAfter(), moves, reason);
        }

        private Optional<String> versionAfter() {
            List<Migration> there = migrations(after);
            if (there.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(
                    Ancestry.in(plan)
                            .map(graph -> String.join(",", graph.heads(keys(there))))
                            .orElseGet(() -> there.get(there.size() - 1).version()));
        }

        private static ForecastMove move(Migration migration, Direction direction, int steps) {
            return new ForecastMove(migration.key(), migration.script(), direction, steps);
        }
    }
}

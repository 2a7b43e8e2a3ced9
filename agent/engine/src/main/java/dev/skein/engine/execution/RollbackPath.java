package dev.skein.engine.execution;

import dev.skein.protocol.event.RollbackTerms;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.Plan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Which of the migrations that are meant can be undone.
 *
 * <ol>
 *   <li>A repeatable migration has no down and holds nothing up; see {@link Repeatables}.
 *   <li>A migration without a down, where a person said so by name, is passed over as if it had an
 *       empty one.
 *   <li>Any other one without a down refuses the whole, or is where a rollback as far as possible
 *       stops.
 * </ol>
 *
 * @param undone newest first
 * @param passedOver keys of those among them of which everything stays but the version
 * @param left keys of those that stay as they are, oldest first
 * @param refusal why nothing may be run
 */
record RollbackPath(
        List<Migration> undone,
        List<String> passedOver,
        List<String> left,
        Optional<Refusal> refusal) {
    RollbackPath {
        undone = List.copyOf(undone);
        passedOver = List.copyOf(passedOver);
        left = List.copyOf(left);
    }

    /**
     * The way back over these migrations.
     *
     * @param meant keys of migrations that are not repeatable, oldest first
     */
    static RollbackPath of(Plan plan, List<String> meant, RollbackTerms terms) {
        List<Migration> undone = new ArrayList<>();
        List<String> passedOver = new ArrayList<>();
        List<String> left = new ArrayList<>();
        Optional<Refusal> refusal = Optional.empty();
        for (String key : meant) {
            Optional<Migration> migration = plan.migration(key);
            Optional<Refusal> obstacle = obstacle(key, migration, terms);
            if (obstacle.isEmpty()) {
                migration.ifPresent(undone::add);
                migration
                        .filter(each -> each.down().isEmpty())
                        .ifPresent(each -> passedOver.add(key));
            } else if (terms.asFarAsPossible()) {
                // It is the oldest so far that cannot be undone: what is below it stays as well.
                undone.forEach(each -> left.add(each.key()));
                undone.clear();
                passedOver.clear();
                left.add(key);
                refusal = obstacle;
            } else {
                refusal = refusal.or(() -> obstacle);
            }
        }
        Collections.reverse(undone);
        boolean stuck = terms.asFarAsPossible() && !undone.isEmpty();
        return new RollbackPath(undone, passedOver, left, stuck ? Optional.empty() : refusal);
    }

    private static Optional<Refusal> obstacle(
            String key, Optional<Migration> migration, RollbackTerms terms) {
        if (migration.isEmpty()) {
            return Optional.of(
                    new Refusal.NoWayBack(key, "the rollout's plan has no such migration"));
        }
        boolean passable = migration.get().down().isPresent() || terms.accepts(key);
        return passable
                ? Optional.empty()
                : Optional.of(
                        new Refusal.NoWayBack(
                                key, migration.get().script() + " has no script to take it back"));
    }

    /** The same, with more that stays. */
    RollbackPath leaving(List<String> more) {
        List<String> all = new ArrayList<>(left);
        all.addAll(more);
        return new RollbackPath(undone, passedOver, all, refusal);
    }

    List<String> undoneKeys() {
        return undone.stream().map(Migration::key).toList();
    }
}

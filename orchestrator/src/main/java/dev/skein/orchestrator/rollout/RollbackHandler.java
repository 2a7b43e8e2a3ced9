package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.DesiredState;
import dev.skein.orchestrator.fleet.PublishedPlan;
import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.protocol.event.RollbackRequested;
import dev.skein.protocol.event.RollbackScope;
import dev.skein.protocol.event.RollbackTerms;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.RolloutId;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Predicate;

/**
 * Rolls databases back: named ones, a wave, or all.
 *
 * <ol>
 *   <li>Of a wave or of named ones, those that were ordered; of all, those that were not ordered
 *       are left out as well, so that nothing is applied any more.
 *   <li>A database that a later rollout has changed since stays as it is, and the answer names
 *       both; the others are rolled back. On the way to a version it does not matter who applied
 *       what is above it.
 *   <li>Where a migration without a down would be in the way, nothing is ordered at all, unless the
 *       terms allow for it.
 *   <li>A pause is lifted, no matter who asked for it, and a rollout that had ended is opened
 *       again.
 * </ol>
 */
final class RollbackHandler {
    private final DecisionDraft draft;
    private final Command.Rollback command;
    private final RollbackTerms terms;
    private final RolloutState rollout;

    private RollbackHandler(DecisionDraft draft, Command.Rollback command, RollbackTerms terms) {
        this.draft = draft;
        this.command = command;
        this.terms = terms;
        rollout = draft.rollout();
    }

    static Decision decide(DecisionDraft draft, Command.Rollback command) {
        AgreedTerms agreed = AgreedTerms.of(plan(draft), command.terms());
        return agreed.refusal().isPresent()
                ? agreed.refusal().get()
                : new RollbackHandler(draft, command, agreed.terms()).decide();
    }

    private static Optional<PublishedPlan> plan(DecisionDraft draft) {
        return draft.fleet().plan(draft.rollout().opened().plan());
    }

    private Decision decide() {
        Optional<Rejection> senseless = Refusals.unlessMigrating(rollout, "roll back");
        if (senseless.isPresent()) {
            return senseless.get();
        }
        OptionalInt wave = wave();
        if (wave.isEmpty()) {
            return Waves.unknown(rollout, command.wave().orElseThrow());
        }
        Optional<Rejection> refusal = Refusals.unlessMembers(rollout, command.databases());
        if (refusal.isPresent()) {
            return refusal.get();
        }
        List<DatabaseId> meant =
                draft.targets().where(scope(wave.getAsInt())).map(TargetStatus::id).toList();
        if (meant.isEmpty() && !endsByItself()) {
            return nothing();
        }
        SortedMap<DatabaseId, RolloutId> changed = changedSince(meant);
        List<DatabaseId> databases =
                meant.stream().filter(each -> !changed.containsKey(each)).toList();
        Optional<Rejection> obstacle =
                Refusals.unlessFree(draft)
                        .or(() -> movedOn(databases, changed))
                        .or(() -> irreversible(databases));
        return obstacle.isPresent() ? obstacle.get() : requested(databases, changed);
    }

    private Rejection nothing() {
        return new Rejection(
                RejectionCode.NOTHING_TO_ROLL_BACK,
                "rollout "
                        + rollout.id()
                        + " is "
                        + draft.phase().label()
                        + ": nothing of that scope was ordered, or all of it is taken back");
    }

    private OptionalInt wave() {
        return command.wave()
                .map(name -> Waves.indexOf(rollout, name))
                .orElseGet(() -> OptionalInt.of(Waves.lastStarted(rollout)));
    }

    private Predicate<TargetStatus> scope(int wave) {
        Set<DatabaseId> named = new HashSet<>(command.databases());
        return switch (command.scope()) {
            case DATABASES -> each -> named.contains(each.id()) && canGoBack(each);
            case WAVE -> each -> each.wave() == wave && canGoBack(each);
            case ALL -> each -> canGoBack(each) || each.wants(DesiredState.APPLY);
        };
    }

    /**
     * Whether it was ordered and is not rolled back yet, nor being rolled back by an open rollout.
     * To a version a database may go whatever became of this rollout there.
     */
    private boolean canGoBack(TargetStatus status) {
        boolean goesOn = rollout.isOpen() && rollout.aborted().isEmpty();
        boolean underWay = goesOn && !status.state().isEnd();
        boolean back = isBack(status.state()) && terms.to().isEmpty() || underWay;
        return status.wasOrdered() && !(status.wants(DesiredState.ROLLBACK) && back);
    }

    private static boolean isBack(TargetState state) {
        return state == TargetState.ROLLED_BACK || state == TargetState.NOTHING_TO_UNDO;
    }

    /** Whether the request needs no database: an open rollout without any left is closed by it. */
    private boolean endsByItself() {
        boolean all =
                rollout.rollback().filter(each -> each.scope() == RollbackScope.ALL).isPresent();
        return command.scope() == RollbackScope.ALL && rollout.isOpen() && !all;
    }

    private SortedMap<DatabaseId, RolloutId> changedSince(List<DatabaseId> databases) {
        return terms.to().isPresent() || rollout.isOpen()
                ? Collections.emptySortedMap()
                : OtherRollouts.changedSince(draft.fleet(), rollout.id(), databases);
    }

    private Optional<Rejection> movedOn(
            List<DatabaseId> databases, SortedMap<DatabaseId, RolloutId> changed) {
        boolean none =
                databases.stream()
                        .noneMatch(each -> draft.fleet().database(each).isOrderedBy(rollout.id()));
        return none && !changed.isEmpty()
                ? Optional.of(OtherRollouts.movedOn(rollout.id(), changed))
                : Optional.empty();
    }

    /** Asked before anything is held: a rollback that cannot end helps nobody. */
    private Optional<Rejection> irreversible(List<DatabaseId> databases) {
        return terms.asFarAsPossible()
                ? Optional.empty()
                : plan(draft)
                        .flatMap(
                                plan ->
                                        Irreversible.ofRollback(
                                                draft, plan.content(), terms, databases));
    }

    private Decision requested(
            List<DatabaseId> databases, SortedMap<DatabaseId, RolloutId> changed) {
        draft.add(
                new RollbackRequested(
                        rollout.id(),
                        command.scope(),
                        databases,
                        command.reason(),
                        command.by(),
                        Optional.empty(),
                        Optional.of(terms).filter(each -> !each.equals(RollbackTerms.strict())),
                        command.at()));
        Optional<String> stays = PauseHandler.goOn(draft, true, command.by());
        String message = "taking back " + Texts.databases(databases.size());
        String left = changed.isEmpty() ? "" : "; " + OtherRollouts.changedText(changed);
        return draft.accepted(
                message + left + stays.map(why -> "; " + why).orElse(""), databases.size());
    }
}

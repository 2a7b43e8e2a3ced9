package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.DesiredState;
import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.protocol.event.RollbackRequested;
import dev.skein.protocol.event.RollbackScope;
import dev.skein.protocol.id.DatabaseId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Rolls databases back: named ones, a wave, or all.
 *
 * <p>Of a wave or of named ones, those that were ordered; of all, those that were not ordered are
 * left out as well, so that nothing is applied any more. A pause is lifted, no matter who asked for
 * it, and a rollout that had ended is opened again.
 */
final class RollbackHandler {
    private final DecisionDraft draft;
    private final Command.Rollback command;
    private final RolloutState rollout;

    private RollbackHandler(DecisionDraft draft, Command.Rollback command) {
        this.draft = draft;
        this.command = command;
        rollout = draft.rollout();
    }

    static Decision decide(DecisionDraft draft, Command.Rollback command) {
        return new RollbackHandler(draft, command).decide();
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
        List<DatabaseId> databases =
                draft.targets().where(scope(wave.getAsInt())).map(TargetStatus::id).toList();
        if (databases.isEmpty() && !endsByItself()) {
            return new Rejection(
                    RejectionCode.NOTHING_TO_ROLL_BACK,
                    "rollout "
                            + rollout.id()
                            + " is "
                            + draft.phase().label()
                            + ": nothing of that scope was ordered, or all of it is taken back");
        }
        Optional<Rejection> elsewhere = Refusals.unlessReopenable(draft, databases);
        return elsewhere.isPresent() ? elsewhere.get() : requested(databases);
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
     */
    private boolean canGoBack(TargetStatus status) {
        boolean goesOn = rollout.isOpen() && rollout.aborted().isEmpty();
        boolean underWay = goesOn && !status.state().isEnd();
        boolean back = status.state() == TargetState.ROLLED_BACK || underWay;
        return status.wasOrdered() && !(status.wants(DesiredState.ROLLBACK) && back);
    }

    /** Whether the request needs no database: an open rollout without any left is closed by it. */
    private boolean endsByItself() {
        boolean all =
                rollout.rollback().filter(each -> each.scope() == RollbackScope.ALL).isPresent();
        return command.scope() == RollbackScope.ALL && rollout.isOpen() && !all;
    }

    private Decision requested(List<DatabaseId> databases) {
        draft.add(
                new RollbackRequested(
                        rollout.id(),
                        command.scope(),
                        databases,
                        command.reason(),
                        command.by(),
                        command.at()));
        Optional<String> stays = PauseHandler.goOn(draft, true, command.by());
        String message = "taking back " + Texts.databases(databases.size());
        return draft.accepted(message + stays.map(why -> "; " + why).orElse(""), databases.size());
    }
}

package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.protocol.event.DatabasesRetried;
import dev.skein.protocol.event.PauseCause;
import dev.skein.protocol.event.RollbackRequested;
import dev.skein.protocol.event.RollbackScope;
import dev.skein.protocol.event.RolloutPaused;
import dev.skein.protocol.id.DatabaseId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Orders databases once more: those that failed, or named ones.
 *
 * <p>What could not be taken back is taken back once more; everything else is applied. A rollout
 * that had paused for failures or after a rollback goes on, and one that had ended is opened again.
 */
final class Retrying {
    private final Draft draft;
    private final Command.Retry command;

    private Retrying(Draft draft, Command.Retry command) {
        this.draft = draft;
        this.command = command;
    }

    static Decision decide(Draft draft, Command.Retry command) {
        return new Retrying(draft, command).decide();
    }

    private Decision decide() {
        Optional<Rejection> refusal =
                Refusals.whileAborting(draft, "retry")
                        .or(() -> Refusals.unlessMembers(draft.rollout(), command.databases()));
        if (refusal.isPresent()) {
            return refusal.get();
        }
        List<DatabaseId> apply = those(this::canApply);
        List<DatabaseId> back = those(this::canTakeBack);
        int count = apply.size() + back.size();
        if (count == 0 || count < new HashSet<>(command.databases()).size()) {
            return nothing();
        }
        Optional<Rejection> elsewhere =
                Refusals.unlessReopenable(draft, apply)
                        .or(() -> Refusals.unlessReopenable(draft, back));
        return elsewhere.isPresent() ? elsewhere.get() : retried(apply, back);
    }

    private List<DatabaseId> those(Predicate<TargetFacts> condition) {
        Set<DatabaseId> named = new HashSet<>(command.databases());
        return draft.facts()
                .where(each -> named.isEmpty() || named.contains(each.id()))
                .filter(condition)
                .map(TargetFacts::id)
                .toList();
    }

    private boolean canApply(TargetFacts facts) {
        // After a rollback of everything there is no way forward before it has ended.
        boolean backOnly =
                draft.rollout()
                        .rollback()
                        .filter(each -> each.scope() == RollbackScope.ALL)
                        .isPresent();
        boolean named = !command.databases().isEmpty();
        return !backOnly
                && switch (facts.state()) {
                    case FAILED -> true;
                    case ROLLED_BACK, SKIPPED -> named;
                    case PENDING -> named && !draft.rollout().isOpen();
                    case ORDERED, RUNNING, APPLIED, ROLLBACK_FAILED, IRREVERSIBLE, UNREACHABLE ->
                            false;
                };
    }

    private boolean canTakeBack(TargetFacts facts) {
        boolean named = !command.databases().isEmpty();
        return facts.state() == TargetState.ROLLBACK_FAILED
                || named && facts.state() == TargetState.IRREVERSIBLE;
    }

    private Decision nothing() {
        String which =
                command.databases().isEmpty()
                        ? "no database of it failed"
                        : "not all of "
                                + Texts.named(command.databases())
                                + " have failed or were taken back";
        return new Rejection(
                RejectionCode.NOTHING_TO_RETRY,
                "nothing to retry in rollout "
                        + draft.rollout().id()
                        + ", which is "
                        + draft.phase().label()
                        + ": "
                        + which);
    }

    private Decision retried(List<DatabaseId> apply, List<DatabaseId> back) {
        RolloutState before = draft.rollout();
        if (!apply.isEmpty()) {
            draft.add(
                    new DatabasesRetried(
                            before.id(), apply, Optional.empty(), command.by(), command.at()));
        }
        if (!back.isEmpty()) {
            draft.add(
                    new RollbackRequested(
                            before.id(),
                            RollbackScope.DATABASES,
                            back,
                            "taken back once more",
                            command.by(),
                            command.at()));
        }
        boolean byPerson =
                before.pause().map(RolloutPaused::cause).stream()
                        .anyMatch(cause -> cause == PauseCause.OPERATOR);
        Optional<String> stays =
                PauseVerbs.goOn(draft, !byPerson || !before.isOpen(), command.by());
        int count = apply.size() + back.size();
        String message = Texts.databases(count) + " will be ordered once more";
        return draft.accepted(message + stays.map(why -> "; " + why).orElse(""), count);
    }
}

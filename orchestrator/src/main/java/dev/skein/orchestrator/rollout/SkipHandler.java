package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.protocol.event.DatabasesSkipped;
import dev.skein.protocol.id.DatabaseId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Leaves named databases out: those that wait, failed, or cannot be reached. */
final class SkipHandler {
    private SkipHandler() {}

    static Decision decide(DecisionDraft draft, Command.Skip command) {
        RolloutState rollout = draft.rollout();
        Optional<Rejection> refusal = Refusals.unlessMembers(rollout, command.databases());
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (command.databases().isEmpty()) {
            return new Rejection(
                    RejectionCode.NOT_SKIPPABLE, "name the databases of " + rollout.id());
        }
        Set<DatabaseId> named = new HashSet<>(command.databases());
        List<DatabaseId> busy =
                draft.targets()
                        .where(each -> named.contains(each.id()) && !isSkippable(each))
                        .map(TargetStatus::id)
                        .toList();
        if (!busy.isEmpty()) {
            return new Rejection(
                    RejectionCode.NOT_SKIPPABLE,
                    "cannot skip "
                            + Texts.named(busy)
                            + " in rollout "
                            + rollout.id()
                            + ": only what waits, failed or cannot be reached can be left out");
        }
        List<DatabaseId> skipped =
                rollout.targets().keySet().stream().filter(named::contains).toList();
        draft.add(
                new DatabasesSkipped(
                        rollout.id(), skipped, command.reason(), command.by(), command.at()));
        String message = Texts.databases(skipped.size()) + " left out";
        return draft.accepted(
                message + PauseHandler.howToGoOn(draft).map(how -> "; " + how).orElse(""),
                skipped.size());
    }

    static boolean isSkippable(TargetStatus status) {
        return switch (status.state()) {
            case PENDING -> !status.outstanding();
            case FAILED, ROLLBACK_FAILED, IRREVERSIBLE, NEEDS_ATTENTION, UNREACHABLE -> true;
            case ORDERED, RUNNING, PAUSED, APPLIED, SURVEYED, ADOPTED -> false;
            case ROLLED_BACK, NOTHING_TO_UNDO, SKIPPED -> false;
        };
    }
}

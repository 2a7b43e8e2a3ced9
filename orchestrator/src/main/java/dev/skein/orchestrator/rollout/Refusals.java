package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.protocol.event.RolloutPurpose;
import dev.skein.protocol.id.DatabaseId;
import java.util.List;
import java.util.Optional;

/** Refusals that several verbs share. */
final class Refusals {
    private Refusals() {}

    /** Refuses a command in the phases that the command itself names. */
    static Optional<Rejection> inPhase(DecisionDraft draft, Command command) {
        RolloutPhase phase = draft.phase();
        if (!command.isRefusedIn(phase)) {
            return Optional.empty();
        }
        String attempted = "cannot " + command.attempt() + " rollout " + draft.rollout().id();
        return Optional.of(phase.isClosed() ? ended(attempted, phase) : aborting(attempted, draft));
    }

    private static Rejection ended(String attempted, RolloutPhase phase) {
        return new Rejection(
                RejectionCode.ROLLOUT_CLOSED, attempted + ": it has ended, " + phase.label());
    }

    private static Rejection aborting(String attempted, DecisionDraft draft) {
        return new Rejection(
                RejectionCode.ROLLOUT_ABORTING,
                attempted
                        + ": it is being aborted, "
                        + draft.targets().all().outstanding()
                        + " orders have not ended");
    }

    /** Refuses what makes no sense where no schema is changed. */
    static Optional<Rejection> unlessMigrating(RolloutState rollout, String verb) {
        RolloutPurpose purpose = rollout.opened().isFor();
        if (purpose == RolloutPurpose.MIGRATE) {
            return Optional.empty();
        }
        return Optional.of(
                new Rejection(
                        RejectionCode.NO_MIGRATION,
                        "cannot "
                                + verb
                                + " rollout "
                                + rollout.id()
                                + ": it is there to "
                                + purpose.label()
                                + " and changes no schema"));
    }

    /** Refuses databases that are not part of the rollout. */
    static Optional<Rejection> unlessMembers(RolloutState rollout, List<DatabaseId> databases) {
        List<DatabaseId> strangers =
                databases.stream().filter(each -> !rollout.targets().containsKey(each)).toList();
        if (strangers.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Rejection(
                        RejectionCode.UNKNOWN_DATABASE,
                        "rollout " + rollout.id() + " does not have " + Texts.named(strangers)));
    }

    /** Refuses to open a rollout again if another one that is open has databases of it. */
    static Optional<Rejection> unlessFree(DecisionDraft draft) {
        RolloutState rollout = draft.rollout();
        return rollout.isOpen()
                ? Optional.empty()
                : OtherRollouts.busy(draft.fleet(), rollout.id(), rollout.targets().keySet());
    }

    /** Refuses to open a rollout again if another one has changed its databases since. */
    static Optional<Rejection> unlessReopenable(DecisionDraft draft, List<DatabaseId> databases) {
        RolloutState rollout = draft.rollout();
        if (rollout.isOpen()) {
            return Optional.empty();
        }
        return unlessFree(draft)
                .or(() -> OtherRollouts.movedOn(draft.fleet(), rollout.id(), databases));
    }
}

package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.protocol.event.WaveApprovalRevoked;
import dev.skein.protocol.event.WaveApproved;
import dev.skein.protocol.event.WavePromoted;
import java.util.Optional;

/** Decides approve, revoke and promote, which open and shut the gates of the current wave. */
final class GateHandler {
    private GateHandler() {}

    static Decision approve(DecisionDraft draft, Command.Approve command) {
        Optional<Rejection> refusal =
                wrongWave(draft, command).or(() -> wrongDigest(draft, command));
        if (refusal.isPresent()) {
            return refusal.get();
        }
        RolloutState rollout = draft.rollout();
        int wave = rollout.currentWave();
        draft.add(
                new WaveApproved(
                        rollout.id(), wave, rollout.opened().digest(), command.by(), command.at()));
        String message =
                "approved after wave "
                        + rollout.spec(wave).name()
                        + ": wave "
                        + rollout.spec(wave + 1).name()
                        + " may start"
                        + Gates.soakUntil(rollout, wave)
                                .filter(draft.now()::isBefore)
                                .map(
                                        until ->
                                                " when the soak ends, at "
                                                        + Texts.time(until)
                                                        + ", without anybody looking again;"
                                                        + " 'skein rollout revoke' takes this back"
                                                        + " until then")
                                .orElse("");
        return draft.accepted(message, draft.targets().wave(wave + 1).databases());
    }

    static Decision revoke(DecisionDraft draft, Command.Revoke command) {
        RolloutState rollout = draft.rollout();
        int wave = rollout.currentWave();
        boolean given =
                rollout.rollback().isEmpty()
                        && wave < rollout.waves().size()
                        && rollout.waves().get(wave).approved().isPresent();
        if (!given) {
            return new Rejection(
                    RejectionCode.NOT_APPROVED,
                    "rollout "
                            + rollout.id()
                            + " is "
                            + draft.phase().label()
                            + ": no approval is waiting for its wave to start; 'skein rollout"
                            + " pause' holds one that has started");
        }
        String giver = rollout.waves().get(wave).approved().get().by();
        draft.add(
                new WaveApprovalRevoked(
                        rollout.id(), wave, command.reason(), command.by(), command.at()));
        String message =
                "the approval by "
                        + giver
                        + " is taken back: wave "
                        + rollout.spec(wave + 1).name()
                        + " waits for another";
        return draft.accepted(message, draft.targets().wave(wave + 1).databases());
    }

    private static Optional<Rejection> wrongWave(DecisionDraft draft, Command.Approve command) {
        RolloutState rollout = draft.rollout();
        if (command.wave().isPresent() && Waves.indexOf(rollout, command.wave().get()).isEmpty()) {
            return Optional.of(Waves.unknown(rollout, command.wave().get()));
        }
        int current = rollout.currentWave();
        boolean waits =
                rollout.rollback().isEmpty()
                        && current < rollout.waves().size()
                        && Gates.lacksApproval(rollout, current);
        boolean meant =
                waits
                        && command.wave()
                                .map(name -> name.equals(rollout.spec(current).name()))
                                .orElse(true);
        return meant
                ? Optional.empty()
                : Optional.of(
                        new Rejection(
                                RejectionCode.NOT_AWAITING_APPROVAL,
                                "rollout "
                                        + rollout.id()
                                        + " is "
                                        + draft.phase().label()
                                        + ": "
                                        + command.wave()
                                                .map(name -> "wave " + name)
                                                .orElse("no wave")
                                        + (command.wave().isPresent()
                                                ? " does not wait for an approval"
                                                : " waits for an approval")
                                        + (waits ? waiting(rollout, current) : "")));
    }

    /** An approval is of the wave that is done, which is not the one that a person waits for. */
    private static String waiting(RolloutState rollout, int current) {
        return "; wave "
                + rollout.spec(current).name()
                + " does: it is done, and its approval lets wave "
                + rollout.spec(current + 1).name()
                + " start";
    }

    private static Optional<Rejection> wrongDigest(DecisionDraft draft, Command.Approve command) {
        String digest = draft.rollout().opened().digest();
        return command.digest()
                .filter(given -> !given.equals(digest))
                .map(
                        given ->
                                new Rejection(
                                        RejectionCode.DIGEST_MISMATCH,
                                        "the approval is for digest "
                                                + given
                                                + ", rollout "
                                                + draft.rollout().id()
                                                + " has "
                                                + digest
                                                + "; look at it again"));
    }

    static Decision promote(DecisionDraft draft, Command.Promote command) {
        RolloutState rollout = draft.rollout();
        int wave = rollout.currentWave();
        boolean soaks =
                rollout.rollback().isEmpty()
                        && wave < rollout.waves().size()
                        && Gates.isSoaking(rollout, wave, draft.now());
        if (!soaks) {
            return new Rejection(
                    RejectionCode.NOT_SOAKING,
                    "rollout " + rollout.id() + " is " + draft.phase().label() + ": no wave soaks");
        }
        draft.add(new WavePromoted(rollout.id(), wave, command.by(), command.at()));
        String message = "the soak of wave " + rollout.spec(wave).name() + " is over";
        return draft.accepted(message, draft.targets().wave(wave).databases());
    }
}

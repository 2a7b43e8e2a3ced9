package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.FleetLookup;
import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.protocol.event.Repair;
import dev.skein.protocol.event.RollbackScope;
import dev.skein.protocol.id.DatabaseId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The verbs that a rollout takes now. Each is decided on a copy as it would be if a person asked
 * for it, so that what is offered is accepted, and what is not offered is refused.
 */
final class Offers {
    /** For how many databases, one by one, a verb is tried that is refused for all of them. */
    private static final int TRIED_MAX = 20;

    private static final int NAMED_MAX = 5;
    private static final String NOBODY = "nobody";

    private final DecisionDraft draft;
    private final RolloutState rollout;
    private final List<Offer> offers = new ArrayList<>();

    private Offers(DecisionDraft draft) {
        this.draft = draft;
        rollout = draft.rollout();
    }

    static List<Offer> of(FleetLookup fleet, RolloutState rollout, Instant now) {
        Offers offers = new Offers(new DecisionDraft(fleet, rollout, now));
        offers.gates();
        offers.retries();
        offers.repairs();
        offers.plain(new Command.Resume(rollout.id(), NOBODY, now), PauseHandler::resume);
        offers.skips();
        offers.rollbacks();
        offers.plain(new Command.Pause(rollout.id(), "", NOBODY, now), PauseHandler::pause);
        offers.plain(new Command.Abort(rollout.id(), "", NOBODY, now), AbortHandler::decide);
        return List.copyOf(offers.offers);
    }

    private void gates() {
        Instant now = draft.now();
        Command.Approve approve =
                new Command.Approve(rollout.id(), Optional.empty(), Optional.empty(), NOBODY, now);
        if (isTaken(approve, GateHandler::approve)) {
            offers.add(Offer.plain(approve).withDigest(rollout.opened().digest()));
        }
        plain(new Command.Revoke(rollout.id(), "", NOBODY, now), GateHandler::revoke);
        plain(new Command.Promote(rollout.id(), NOBODY, now), GateHandler::promote);
    }

    private void retries() {
        Function<List<DatabaseId>, Command.Retry> retry =
                each -> new Command.Retry(rollout.id(), each, NOBODY, draft.now());
        Command.Retry all = retry.apply(List.of());
        if (isTaken(all, RetryHandler::decide)) {
            offers.add(Offer.plain(all));
            return;
        }
        RetryRules rules = new RetryRules(draft, true, false);
        some(each -> rules.canApply(each) || rules.canRollBack(each), retry, RetryHandler::decide);
    }

    private void repairs() {
        for (Repair repair : Repair.values()) {
            List<DatabaseId> databases =
                    those(each -> RepairRules.obstacle(each, repair).isEmpty()).stream()
                            .filter(each -> isTaken(repairing(each, repair), RetryHandler::decide))
                            .limit(1)
                            .toList();
            databases.stream()
                    .map(each -> Offer.of(repairing(each, repair), databases).withRepair(repair))
                    .forEach(offers::add);
        }
    }

    private Command.Repairing repairing(DatabaseId database, Repair repair) {
        return new Command.Repairing(rollout.id(), List.of(database), repair, NOBODY, draft.now());
    }

    /** What holds the rollout up first, then what failed, then whatever waits. */
    private void skips() {
        List<Predicate<TargetStatus>> choices =
                List.of(
                        each -> HeldUp.holds(draft.targets(), rollout, each),
                        each -> each.state().isFailure(),
                        each -> true);
        Function<List<DatabaseId>, Command.Skip> skip =
                each -> new Command.Skip(rollout.id(), each, "", NOBODY, draft.now());
        for (Predicate<TargetStatus> choice : choices) {
            if (some(choice.and(SkipHandler::isSkippable), skip, SkipHandler::decide)) {
                return;
            }
        }
    }

    private void rollbacks() {
        Command.Rollback all = rollback(RollbackScope.ALL, List.of());
        if (isTaken(all, RollbackHandler::decide)) {
            offers.add(Offer.plain(all).forAll());
            return;
        }
        some(
                TargetStatus::wasOrdered,
                each -> rollback(RollbackScope.DATABASES, each),
                RollbackHandler::decide);
    }

    private Command.Rollback rollback(RollbackScope scope, List<DatabaseId> databases) {
        return new Command.Rollback(
                rollout.id(), scope, databases, Optional.empty(), "", NOBODY, draft.now());
    }

    private <C extends Command> void plain(
            C command, BiFunction<DecisionDraft, C, Decision> handler) {
        if (isTaken(command, handler)) {
            offers.add(Offer.plain(command));
        }
    }

    /** Offers the verb for databases of a kind, all together or else one of them. */
    private <C extends Command> boolean some(
            Predicate<TargetStatus> kind,
            Function<List<DatabaseId>, C> command,
            BiFunction<DecisionDraft, C, Decision> handler) {
        List<DatabaseId> databases = those(kind);
        if (databases.isEmpty()) {
            return false;
        }
        if (isTaken(command.apply(databases), handler)) {
            List<DatabaseId> named = databases.subList(0, Math.min(NAMED_MAX, databases.size()));
            int more = databases.size() - named.size();
            return offers.add(Offer.of(command.apply(named), named).withMore(more));
        }
        Optional<List<DatabaseId>> one =
                databases.stream()
                        .limit(TRIED_MAX)
                        .map(List::of)
                        .filter(each -> isTaken(command.apply(each), handler))
                        .findFirst();
        one.map(each -> Offer.of(command.apply(each), each)).ifPresent(offers::add);
        return one.isPresent();
    }

    private List<DatabaseId> those(Predicate<TargetStatus> kind) {
        return draft.targets().where(kind).map(TargetStatus::id).toList();
    }

    private <C extends Command> boolean isTaken(
            C command, BiFunction<DecisionDraft, C, Decision> handler) {
        return RolloutDecider.decide(draft.copy(), command, handler) instanceof Accepted;
    }
}

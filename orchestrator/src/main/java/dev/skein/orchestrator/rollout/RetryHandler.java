package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.protocol.event.DatabasesRetried;
import dev.skein.protocol.event.PauseCause;
import dev.skein.protocol.event.Repair;
import dev.skein.protocol.event.RollbackRequested;
import dev.skein.protocol.event.RollbackScope;
import dev.skein.protocol.event.RollbackTerms;
import dev.skein.protocol.event.RolloutPaused;
import dev.skein.protocol.id.DatabaseId;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Orders databases again: those that failed, or named ones. Where a person said what to repair,
 * that is repaired first.
 *
 * <p>What could not be rolled back is rolled back again; everything else is applied. A rollout that
 * had paused for failures or after a rollback continues, and one that had ended is opened again.
 */
final class RetryHandler {
    private final DecisionDraft draft;
    private final RetryRequest command;
    private final RetryRules rules;

    /** What a retry and a repair have in common; a retry that names none means all that failed. */
    private record RetryRequest(
            String label,
            List<DatabaseId> databases,
            Optional<Repair> repair,
            String by,
            Instant at) {}

    private RetryHandler(DecisionDraft draft, RetryRequest command) {
        this.draft = draft;
        this.command = command;
        rules = new RetryRules(draft, !command.databases().isEmpty(), command.repair().isPresent());
    }

    static Decision decide(DecisionDraft draft, Command.Retry command) {
        RetryRequest request =
                new RetryRequest(
                        command.label(),
                        command.databases(),
                        Optional.empty(),
                        command.by(),
                        command.at());
        return new RetryHandler(draft, request).decide();
    }

    static Decision decide(DecisionDraft draft, Command.Repairing command) {
        RetryRequest request =
                new RetryRequest(
                        command.label(),
                        command.databases(),
                        Optional.of(command.repair()),
                        command.by(),
                        command.at());
        return new RetryHandler(draft, request).decide();
    }

    private Decision decide() {
        Optional<Rejection> refusal =
                Refusals.unlessMembers(draft.rollout(), command.databases())
                        .or(this::notRepairable);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        List<DatabaseId> apply = those(rules::canApply);
        List<DatabaseId> back = those(rules::canRollBack);
        int count = apply.size() + back.size();
        if (count == 0 || count < new HashSet<>(command.databases()).size()) {
            return nothing();
        }
        Optional<Rejection> elsewhere =
                Refusals.unlessReopenable(draft, apply)
                        .or(() -> Refusals.unlessReopenable(draft, back));
        return elsewhere.isPresent() ? elsewhere.get() : retried(apply, back);
    }

    /** What a repair would change nothing of is refused with the reason. */
    private Optional<Rejection> notRepairable() {
        if (command.repair().isEmpty()) {
            return Optional.empty();
        }
        Optional<Rejection> senseless =
                command.repair().filter(Repair.LEDGER::equals).isPresent()
                        ? Optional.empty()
                        : Refusals.unlessMigrating(draft.rollout(), "repair in");
        if (senseless.isPresent()) {
            return senseless;
        }
        String rollout = " in rollout " + draft.rollout().id();
        if (command.databases().isEmpty()) {
            return Optional.of(
                    new Rejection(
                            RejectionCode.NOT_REPAIRABLE,
                            "name the databases to repair" + rollout));
        }
        Repair repair = command.repair().get();
        return named().flatMap(
                        each ->
                                RepairRules.obstacle(each, repair)
                                        .map(
                                                why ->
                                                        "cannot repair "
                                                                + each.id()
                                                                + rollout
                                                                + ": "
                                                                + why)
                                        .stream())
                .findFirst()
                .map(why -> new Rejection(RejectionCode.NOT_REPAIRABLE, why));
    }

    /** Those that are named; all where none is. */
    private Stream<TargetStatus> named() {
        Set<DatabaseId> named = new HashSet<>(command.databases());
        return draft.targets().where(each -> named.isEmpty() || named.contains(each.id()));
    }

    private List<DatabaseId> those(Predicate<TargetStatus> condition) {
        return named().filter(condition).map(TargetStatus::id).toList();
    }

    private Decision nothing() {
        return new Rejection(
                RejectionCode.NOTHING_TO_RETRY,
                "nothing to "
                        + command.label()
                        + " in rollout "
                        + draft.rollout().id()
                        + ", which is "
                        + draft.phase().label()
                        + ": "
                        + rules.whyNot(named().toList()));
    }

    private Decision retried(List<DatabaseId> apply, List<DatabaseId> back) {
        RolloutState before = draft.rollout();
        if (!apply.isEmpty()) {
            draft.add(
                    new DatabasesRetried(
                            before.id(), apply, command.repair(), command.by(), command.at()));
        }
        byTerms(back).forEach((terms, databases) -> draft.add(once(databases, terms)));
        boolean byPerson =
                before.pause().map(RolloutPaused::cause).stream()
                        .anyMatch(cause -> cause == PauseCause.OPERATOR);
        Optional<String> stays =
                PauseHandler.goOn(draft, !byPerson || !before.isOpen(), command.by());
        int count = apply.size() + back.size();
        String message = Texts.databases(count) + " will be ordered once more" + mended();
        return draft.accepted(
                message + leftHalf() + stays.map(why -> "; " + why).orElse(""), count);
    }

    /** All that failed means those that another try could help. */
    private String leftHalf() {
        return named().map(rules::heldBy)
                .flatMap(Optional::stream)
                .findFirst()
                .map(why -> "; not all of them: " + why)
                .orElse("");
    }

    private Map<Optional<RollbackTerms>, List<DatabaseId>> byTerms(List<DatabaseId> back) {
        return back.stream()
                .collect(
                        Collectors.groupingBy(
                                each -> draft.rollout().targets().get(each).terms(),
                                LinkedHashMap::new,
                                Collectors.toList()));
    }

    private RollbackRequested once(List<DatabaseId> databases, Optional<RollbackTerms> terms) {
        return new RollbackRequested(
                draft.rollout().id(),
                RollbackScope.DATABASES,
                databases,
                "taken back once more",
                command.by(),
                command.repair(),
                terms,
                command.at());
    }

    private String mended() {
        return command.repair().map(RetryHandler::words).orElse("");
    }

    private static String words(Repair repair) {
        return switch (repair) {
            case BOOKS -> ", its framework's books mended first";
            case STEP_DONE -> ", its interrupted step taken as done";
            case STEP_NOT_DONE -> ", its interrupted step taken as not done";
            case LEDGER -> ", its ledger taken into this log first";
        };
    }
}

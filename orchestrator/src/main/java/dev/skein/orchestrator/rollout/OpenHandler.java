package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.FleetLookup;
import dev.skein.orchestrator.fleet.PublishedPlan;
import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.protocol.codec.Digests;
import dev.skein.protocol.codec.Envelope;
import dev.skein.protocol.event.RollbackTerms;
import dev.skein.protocol.event.RolloutOpened;
import dev.skein.protocol.event.RolloutPurpose;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.log.Entry;
import dev.skein.protocol.log.Topic;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.strategy.OnFailure;
import dev.skein.protocol.strategy.WaveSpec;
import java.util.List;
import java.util.Optional;

/** Opens a rollout: its databases are resolved now and for good. */
final class OpenHandler {
    private final FleetLookup fleet;
    private final Command.Open command;

    private OpenHandler(FleetLookup fleet, Command.Open command) {
        this.fleet = fleet;
        this.command = command;
    }

    static Decision decide(FleetLookup fleet, Command.Open command) {
        return new OpenHandler(fleet, command).decide();
    }

    private Decision decide() {
        if (fleet.rollout(command.rollout()).isPresent()) {
            return new Rejection(
                    RejectionCode.ROLLOUT_EXISTS,
                    "rollout " + command.rollout() + " exists; choose another name");
        }
        Optional<PublishedPlan> plan = fleet.plan(command.plan());
        if (plan.isEmpty()) {
            return new Rejection(
                    RejectionCode.UNKNOWN_PLAN,
                    "plan " + command.plan().abbreviated() + " is not published; publish it first");
        }
        Optional<AgreedTerms> agreed = command.terms().map(asked -> AgreedTerms.of(plan, asked));
        Optional<Rejection> unfit =
                agreed.flatMap(AgreedTerms::refusal)
                        .or(() -> undeclarable(plan))
                        .or(() -> unfit(plan.get()));
        if (unfit.isPresent()) {
            return unfit.get();
        }
        WaveResolver.Resolved resolved =
                WaveResolver.resolve(fleet.inventory(), command.strategy());
        List<DatabaseId> databases =
                resolved.waves().stream().flatMap(wave -> wave.databases().stream()).toList();
        Optional<Rejection> refusal =
                refusal(resolved)
                        .or(() -> sharedTable(plan.get(), databases))
                        .or(() -> missingRunner(plan.get(), databases))
                        .or(() -> OtherRollouts.busy(fleet, command.rollout(), databases))
                        .or(() -> irreversible(plan.get(), agreed, databases));
        return refusal.isPresent()
                ? refusal.get()
                : opened(plan.get(), resolved, agreed.map(AgreedTerms::terms));
    }

    /** What a person declares is a version of the plan. */
    private Optional<Rejection> undeclarable(Optional<PublishedPlan> plan) {
        return command.declared()
                .map(word -> AgreedTerms.of(plan, RollbackTerms.to(word.version())))
                .flatMap(AgreedTerms::refusal);
    }

    private Optional<Rejection> sharedTable(PublishedPlan plan, List<DatabaseId> databases) {
        return SharedTables.refusal(plan.content(), fleet.inventory(), databases);
    }

    private Optional<Rejection> missingRunner(PublishedPlan plan, List<DatabaseId> databases) {
        return command.purpose() == RolloutPurpose.MIGRATE
                ? MissingRunners.refusal(fleet, plan.content(), databases)
                : Optional.empty();
    }

    private Optional<Rejection> irreversible(
            PublishedPlan plan, Optional<AgreedTerms> agreed, List<DatabaseId> databases) {
        return agreed.map(AgreedTerms::terms)
                .flatMap(
                        terms ->
                                Irreversible.ofOpening(
                                        fleet, plan.content(), command, terms, databases));
    }

    /** What the strategy says that plan or purpose cannot have. */
    private Optional<Rejection> unfit(PublishedPlan plan) {
        boolean changes = command.purpose() == RolloutPurpose.MIGRATE;
        boolean lacksRehearsal =
                command.strategy().needsRehearsal() && !Tryout.counts(plan.content());
        if (changes && lacksRehearsal) {
            return Optional.of(rehearsalRequired(plan));
        }
        List<Migration> missing = new PlanDowns(plan.content()).missing();
        if (changes && command.strategy().needsDowns() && !missing.isEmpty()) {
            return Optional.of(downsRequired(plan, missing));
        }
        return changes
                ? Optional.empty()
                : command.strategy().waves().stream()
                        .filter(each -> rollsBack(each.limits().onFailure()))
                        .findFirst()
                        .map(this::nothingToRollBack);
    }

    /** Said each time: whoever reads it after a failure reads it too late. */
    private String wayBack(PublishedPlan plan) {
        List<Migration> missing = new PlanDowns(plan.content()).missing();
        if (command.purpose() != RolloutPurpose.MIGRATE) {
            return "";
        }
        return missing.isEmpty() ? "" : "; cannot be undone: " + PlanDowns.names(missing);
    }

    private static boolean rollsBack(OnFailure policy) {
        return policy == OnFailure.ROLLBACK_WAVE || policy == OnFailure.ROLLBACK_ROLLOUT;
    }

    private Rejection nothingToRollBack(WaveSpec wave) {
        return new Rejection(
                RejectionCode.NO_MIGRATION,
                "wave "
                        + wave.name()
                        + " is to "
                        + wave.limits().onFailure().label()
                        + " on failure, and a rollout that is there to "
                        + command.purpose().label()
                        + " changes no schema; say pause or continue");
    }

    private static Rejection rehearsalRequired(PublishedPlan plan) {
        return new Rejection(
                RejectionCode.REHEARSAL_REQUIRED,
                "the strategy demands a rehearsal, and plan "
                        + plan.id().abbreviated()
                        + " ("
                        + plan.name()
                        + ") was never rehearsed; run 'skein plan rehearse FILE', then publish"
                        + " and open the plan that it writes");
    }

    private static Rejection downsRequired(PublishedPlan plan, List<Migration> missing) {
        return new Rejection(
                RejectionCode.DOWNS_REQUIRED,
                "the strategy demands a way back, and "
                        + missing.size()
                        + " of the migrations of plan "
                        + plan.id().abbreviated()
                        + " ("
                        + plan.name()
                        + ") cannot be undone: "
                        + PlanDowns.names(missing)
                        + "; write a down for each, or have 'skein plan build --generate-downs'"
                        + " write it");
    }

    private Optional<Rejection> refusal(WaveResolver.Resolved resolved) {
        if (!resolved.unknown().isEmpty()) {
            return Optional.of(
                    new Rejection(
                            RejectionCode.UNKNOWN_DATABASE,
                            "the strategy names "
                                    + Texts.databases(resolved.unknown().size())
                                    + " that no agent announces or the rollout does not select: "
                                    + Texts.named(resolved.unknown())));
        }
        if (resolved.databases() == 0) {
            return Optional.of(
                    new Rejection(
                            RejectionCode.NOTHING_SELECTED,
                            "no wave takes any of the fleet's "
                                    + Texts.databases(fleet.inventory().databases().size())
                                    + "; check the strategy's selection"));
        }
        return Optional.empty();
    }

    private Optional<String> otherVersion(PublishedPlan plan, RolloutOpened event) {
        List<DatabaseId> databases =
                event.waves().stream().flatMap(wave -> wave.databases().stream()).toList();
        return Tryout.otherVersion(fleet, plan.content(), databases);
    }

    private Decision opened(
            PublishedPlan plan, WaveResolver.Resolved resolved, Optional<RollbackTerms> terms) {
        RolloutOpened event =
                new RolloutOpened(
                        command.rollout(),
                        plan.id(),
                        plan.offset(),
                        command.strategy(),
                        resolved.waves(),
                        Digests.rollout(
                                plan.id(),
                                command.strategy(),
                                resolved.waves(),
                                command.purpose(),
                                terms,
                                command.declared()),
                        Optional.of(command.purpose()),
                        terms,
                        command.declared(),
                        command.by(),
                        command.at());
        String source = RolloutState.sourceOf(command.rollout());
        Entry entry = new Entry(Topic.ROLLOUTS, Envelope.counted(source, 1, event));
        int databases = resolved.databases();
        String message =
                "opened for "
                        + Texts.databases(databases)
                        + " in "
                        + Texts.waves(resolved.waves().size())
                        + leftOver(resolved.leftOver())
                        + wayBack(plan)
                        + Budgets.thatStopNothing(command.strategy(), resolved.waves())
                                .map(each -> "; " + each)
                                .orElse("")
                        + otherVersion(plan, event).map(each -> "; " + each).orElse("");
        CommandReply reply =
                new CommandReply(command.rollout(), message, databases, resolved.leftOver());
        return new Accepted(List.of(entry), reply);
    }

    private static String leftOver(int databases) {
        return databases == 0 ? "" : "; " + databases + " selected but in no wave";
    }
}

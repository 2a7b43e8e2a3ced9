package dev.skein.ops.sim;

import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.orchestrator.rollout.Accepted;
import dev.skein.orchestrator.rollout.Command;
import dev.skein.orchestrator.rollout.Decision;
import dev.skein.protocol.event.RollbackScope;
import dev.skein.protocol.event.RolloutPurpose;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.PlanId;
import dev.skein.protocol.id.RolloutId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** People who ask for this and that at any moment. */
final class Operator {
    private static final int ROLLOUTS_MAX = 4;
    private static final int LOOKS_MAX = 2;
    private static final String BY = "operator";

    private final World world;
    private final SimOrchestrator orchestrator;
    private final List<PlanId> plans;
    private final Mender mender;
    private final Life life = new Life();
    private final long intervalMillis;
    private int opened;
    private int looks;

    Operator(World world, SimOrchestrator orchestrator, Mender mender, List<PlanId> plans) {
        this.world = world;
        this.orchestrator = orchestrator;
        this.mender = mender;
        this.plans = plans;
        intervalMillis = world.dice().between(500, 20_000);
    }

    void start() {
        long wait = world.dice().between(1, intervalMillis) * Agenda.MILLI;
        world.agenda().in(wait, life, this::act);
    }

    void goHome() {
        life.end();
    }

    private void act() {
        List<RolloutState> rollouts = new ArrayList<>(orchestrator.fleet().rollouts());
        boolean idle = rollouts.stream().noneMatch(RolloutState::isOpen);
        if (idle || world.dice().chance(0.1)) {
            open();
        } else {
            RolloutState rollout = world.dice().pick(rollouts);
            if (!repaired(rollout)) {
                ask(verb(rollout));
            }
        }
        start();
    }

    private boolean repaired(RolloutState rollout) {
        List<DatabaseId> all = new ArrayList<>(rollout.targets().keySet());
        return world.dice().chance(0.3) && mender.repair(rollout.id(), world.dice().pick(all), BY);
    }

    private boolean ask(Command command) {
        Optional<Decision> decision = orchestrator.submit(command);
        boolean accepted = decision.filter(Accepted.class::isInstance).isPresent();
        if (accepted) {
            world.count("verb " + command.getClass().getSimpleName());
        }
        return accepted;
    }

    private void open() {
        double purpose = world.dice().unit();
        if (purpose < 0.2) {
            RolloutPurpose kind = purpose < 0.1 ? RolloutPurpose.SURVEY : RolloutPurpose.ADOPT;
            RolloutId id = new RolloutId(name("look-", Math.min(looks + 1, LOOKS_MAX)));
            looks += ask(opening(id, world.dice().pick(plans), kind)) ? 1 : 0;
            return;
        }
        RolloutId id = new RolloutId(name("r-", Math.min(opened + 1, ROLLOUTS_MAX)));
        PlanId plan = opened == 0 ? plans.get(0) : world.dice().pick(plans);
        opened += ask(opening(id, plan, RolloutPurpose.MIGRATE)) ? 1 : 0;
    }

    /** Nobody gives a rollout the name of one that the log has lost. */
    private String name(String kind, int number) {
        int restores = world.log().restores();
        return kind + number + (restores > 0 ? "-" + restores : "");
    }

    private Command opening(RolloutId id, PlanId plan, RolloutPurpose purpose) {
        return new Command.Open(
                id,
                plan,
                SimStrategies.draw(world.dice(), purpose),
                purpose,
                BY,
                orchestrator.now());
    }

    private Command verb(RolloutState rollout) {
        RolloutId id = rollout.id();
        Instant now = orchestrator.now();
        List<DatabaseId> all = new ArrayList<>(rollout.targets().keySet());
        List<DatabaseId> one = List.of(world.dice().pick(all));
        List<DatabaseId> none = List.of();
        return switch ((int) world.dice().between(0, 15)) {
            case 0, 1 -> new Command.Pause(id, "a look", BY, now);
            case 2, 3, 4 -> new Command.Resume(id, BY, now);
            case 5, 6 -> new Command.Approve(id, Optional.empty(), Optional.empty(), BY, now);
            case 7 -> new Command.Promote(id, BY, now);
            case 8, 9 -> new Command.Retry(id, none, BY, now);
            case 10 -> new Command.Retry(id, one, BY, now);
            case 11 -> new Command.Skip(id, one, "later", BY, now);
            case 12 ->
                    world.dice().chance(0.5)
                            ? new Command.Abort(id, "enough", BY, now)
                            : back(id, RollbackScope.WAVE, none);
            case 13 -> back(id, RollbackScope.DATABASES, one);
            case 14 -> back(id, RollbackScope.WAVE, none);
            default -> back(id, RollbackScope.ALL, none);
        };
    }

    private Command back(RolloutId id, RollbackScope scope, List<DatabaseId> databases) {
        return new Command.Rollback(
                id, scope, databases, Optional.empty(), "back", BY, orchestrator.now());
    }
}

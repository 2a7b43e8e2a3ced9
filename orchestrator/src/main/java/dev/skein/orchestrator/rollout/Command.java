package dev.skein.orchestrator.rollout;

import dev.skein.orchestrator.fleet.FleetLookup;
import dev.skein.orchestrator.fleet.RolloutState;
import dev.skein.protocol.event.DeclaredVersion;
import dev.skein.protocol.event.Repair;
import dev.skein.protocol.event.RollbackScope;
import dev.skein.protocol.event.RollbackTerms;
import dev.skein.protocol.event.RolloutPurpose;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.PlanId;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.strategy.LatePolicy;
import dev.skein.protocol.strategy.Strategy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a person, a timer or a report asks of a rollout. {@code by} is who asked, as the caller gave
 * it; {@code at} is the time to decide by.
 *
 * <p>Each command says itself what it is called, in which phases it is refused, whether it claims
 * databases, and who decides it. The defaults are those of a verb that needs an open rollout.
 */
public sealed interface Command {
    /** The rollout it is about. */
    RolloutId rollout();

    /** The time to decide by. */
    Instant at();

    /** What it is called, for metrics and messages. */
    String label();

    /** What is refused, as in "cannot skip databases of rollout r-7". */
    default String attempt() {
        return label();
    }

    /** Whether a rollout in this phase refuses it, whatever else it asks for. */
    default boolean isRefusedIn(RolloutPhase phase) {
        return phase.isClosed() || phase == RolloutPhase.ABORTING;
    }

    /**
     * Whether it may claim databases for its rollout, so that its decision must know of every other
     * claim: two such decisions at a time could both give one database to their rollout.
     */
    default boolean claimsDatabases(FleetLookup fleet) {
        return false;
    }

    /** What it leads to; linear in the number of the rollout's databases. */
    Decision decide(FleetLookup fleet);

    /**
     * A new rollout of a published plan.
     *
     * @param terms the version its databases are to be at; the end of the plan where absent
     * @param declared the version at which a person says that they are, to survey or to adopt them
     */
    record Open(
            RolloutId rollout,
            PlanId plan,
            Strategy strategy,
            RolloutPurpose purpose,
            Optional<RollbackTerms> terms,
            Optional<DeclaredVersion> declared,
            String by,
            Instant at)
            implements Command {
        /** One that goes to the end of the plan. */
        public Open(
                RolloutId rollout,
                PlanId plan,
                Strategy strategy,
                RolloutPurpose purpose,
                String by,
                Instant at) {
            this(rollout, plan, strategy, purpose, Optional.empty(), Optional.empty(), by, at);
        }

        /** One that carries out the plan. */
        public Open(RolloutId rollout, PlanId plan, Strategy strategy, String by, Instant at) {
            this(rollout, plan, strategy, RolloutPurpose.MIGRATE, by, at);
        }

        @Override
        public String label() {
            return "open";
        }

        @Override
        public boolean claimsDatabases(FleetLookup fleet) {
            return true;
        }

        @Override
        public Decision decide(FleetLookup fleet) {
            return OpenHandler.decide(fleet, this);
        }
    }

    /**
     * The wave after the current one may start.
     *
     * @param wave the name of the wave to approve, where the caller wants to be sure of it
     * @param digest the rollout's digest as the person saw it, where given
     */
    record Approve(
            RolloutId rollout,
            Optional<String> wave,
            Optional<String> digest,
            String by,
            Instant at)
            implements Command {
        @Override
        public String label() {
            return "approve";
        }

        @Override
        public Decision decide(FleetLookup fleet) {
            return RolloutDecider.decide(fleet, this, GateHandler::approve);
        }
    }

    /** An approval no longer counts, as long as the wave after the current one has not started. */
    record Revoke(RolloutId rollout, String reason, String by, Instant at) implements Command {
        @Override
        public String label() {
            return "revoke";
        }

        @Override
        public String attempt() {
            return "take back an approval of";
        }

        @Override
        public Decision decide(FleetLookup fleet) {
            return RolloutDecider.decide(fleet, this, GateHandler::revoke);
        }
    }

    /** No step may start until resumed. */
    record Pause(RolloutId rollout, String reason, String by, Instant at) implements Command {
        @Override
        public String label() {
            return "pause";
        }

        @Override
        public Decision decide(FleetLookup fleet) {
            return RolloutDecider.decide(fleet, this, PauseHandler::pause);
        }
    }

    /** A paused rollout continues. */
    record Resume(RolloutId rollout, String by, Instant at) implements Command {
        @Override
        public String label() {
            return "resume";
        }

        @Override
        public Decision decide(FleetLookup fleet) {
            return RolloutDecider.decide(fleet, this, PauseHandler::resume);
        }
    }

    /** The rest of the current wave's soak is skipped. */
    record Promote(RolloutId rollout, String by, Instant at) implements Command {
        @Override
        public String label() {
            return "promote";
        }

        @Override
        public Decision decide(FleetLookup fleet) {
            return RolloutDecider.decide(fleet, this, GateHandler::promote);
        }
    }

    /**
     * Databases are ordered again.
     *
     * @param databases which; all that failed where empty
     */
    record Retry(RolloutId rollout, List<DatabaseId> databases, String by, Instant at)
            implements Command {
        /** Copies the list. */
        public Retry {
            databases = List.copyOf(databases);
        }

        @Override
        public String label() {
            return "retry";
        }

        @Override
        public boolean isRefusedIn(RolloutPhase phase) {
            return phase == RolloutPhase.ABORTING;
        }

        @Override
        public boolean claimsDatabases(FleetLookup fleet) {
            return reopens(fleet, rollout);
        }

        @Override
        public Decision decide(FleetLookup fleet) {
            return RolloutDecider.decide(fleet, this, RetryHandler::decide);
        }
    }

    /**
     * Databases that failed are ordered again, and something is repaired in each of them first.
     *
     * @param databases which; at least one
     * @param repair what is repaired
     */
    record Repairing(
            RolloutId rollout, List<DatabaseId> databases, Repair repair, String by, Instant at)
            implements Command {
        /** Copies the list. */
        public Repairing {
            databases = List.copyOf(databases);
        }

        @Override
        public String label() {
            return "repair";
        }

        @Override
        public boolean isRefusedIn(RolloutPhase phase) {
            return phase == RolloutPhase.ABORTING;
        }

        @Override
        public boolean claimsDatabases(FleetLookup fleet) {
            return reopens(fleet, rollout);
        }

        @Override
        public Decision decide(FleetLookup fleet) {
            return RolloutDecider.decide(fleet, this, RetryHandler::decide);
        }
    }

    /** Databases are left out from now on. */
    record Skip(RolloutId rollout, List<DatabaseId> databases, String reason, String by, Instant at)
            implements Command {
        /** Copies the list. */
        public Skip {
            databases = List.copyOf(databases);
        }

        @Override
        public String label() {
            return "skip";
        }

        @Override
        public String attempt() {
            return "skip databases of";
        }

        @Override
        public boolean isRefusedIn(RolloutPhase phase) {
            return phase.isClosed();
        }

        @Override
        public Decision decide(FleetLookup fleet) {
            return RolloutDecider.decide(fleet, this, SkipHandler::decide);
        }
    }

    /** No more orders; what is done stays. */
    record Abort(RolloutId rollout, String reason, String by, Instant at) implements Command {
        @Override
        public String label() {
            return "abort";
        }

        @Override
        public Decision decide(FleetLookup fleet) {
            return RolloutDecider.decide(fleet, this, AbortHandler::decide);
        }
    }

    /**
     * Databases are rolled back to where the rollout found them, or to a version.
     *
     * @param scope how much
     * @param databases which, for that scope; else empty
     * @param wave the wave's name, for that scope; the last one started where absent
     * @param terms how far, and what may stay
     */
    record Rollback(
            RolloutId rollout,
            RollbackScope scope,
            List<DatabaseId> databases,
            Optional<String> wave,
            RollbackTerms terms,
            String reason,
            String by,
            Instant at)
            implements Command {
        /** Copies the list. */
        public Rollback {
            databases = List.copyOf(databases);
        }

        /** All the way to where the rollout found them, or not at all. */
        public Rollback(
                RolloutId rollout,
                RollbackScope scope,
                List<DatabaseId> databases,
                Optional<String> wave,
                String reason,
                String by,
                Instant at) {
            this(rollout, scope, databases, wave, RollbackTerms.strict(), reason, by, at);
        }

        @Override
        public String label() {
            return "rollback";
        }

        @Override
        public boolean isRefusedIn(RolloutPhase phase) {
            return false;
        }

        @Override
        public boolean claimsDatabases(FleetLookup fleet) {
            return reopens(fleet, rollout);
        }

        @Override
        public Decision decide(FleetLookup fleet) {
            return RolloutDecider.decide(fleet, this, RollbackHandler::decide);
        }
    }

    /** Time has passed or something was reported: whatever is due now. Never rejected. */
    record Advance(RolloutId rollout, Instant at) implements Command {
        @Override
        public String label() {
            return "advance";
        }

        @Override
        public boolean isRefusedIn(RolloutPhase phase) {
            return false;
        }

        /** Databases that join late are claimed too. */
        @Override
        public boolean claimsDatabases(FleetLookup fleet) {
            return fleet.rollout(rollout)
                    .filter(each -> each.strategy().latePolicy() == LatePolicy.JOIN_LAST_WAVE)
                    .isPresent();
        }

        @Override
        public Decision decide(FleetLookup fleet) {
            return RolloutDecider.decide(fleet, this, AdvanceHandler::decide);
        }
    }

    private static boolean reopens(FleetLookup fleet, RolloutId rollout) {
        return fleet.rollout(rollout).filter(RolloutState::isOpen).isEmpty();
    }
}

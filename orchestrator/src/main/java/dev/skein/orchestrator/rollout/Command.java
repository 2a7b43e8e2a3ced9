package dev.skein.orchestrator.rollout;

import dev.skein.protocol.event.Repair;
import dev.skein.protocol.event.RollbackScope;
import dev.skein.protocol.event.RolloutPurpose;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.PlanId;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.strategy.Strategy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a person, a timer or a report asks of a rollout. {@code by} is who asked, as the caller gave
 * it; {@code at} is the time to decide by.
 */
public sealed interface Command {
    /** The rollout it is about. */
    RolloutId rollout();

    /** The time to decide by. */
    Instant at();

    /** Answers with the visitor's overload for this command. */
    <R> R accept(Visitor<R> visitor);

    /** A new rollout of a published plan. */
    record Open(
            RolloutId rollout,
            PlanId plan,
            Strategy strategy,
            RolloutPurpose purpose,
            String by,
            Instant at)
            implements Command {
        /** One that carries out the plan. */
        public Open(RolloutId rollout, PlanId plan, Strategy strategy, String by, Instant at) {
            this(rollout, plan, strategy, RolloutPurpose.MIGRATE, by, at);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
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
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** No step may start until resumed. */
    record Pause(RolloutId rollout, String reason, String by, Instant at) implements Command {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** A paused rollout goes on. */
    record Resume(RolloutId rollout, String by, Instant at) implements Command {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** The rest of the current wave's soak is skipped. */
    record Promote(RolloutId rollout, String by, Instant at) implements Command {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /**
     * Databases are ordered once more.
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
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /**
     * Databases that failed are ordered once more, and something is mended in each of them first.
     *
     * @param databases which; at least one
     * @param repair what is mended
     */
    record Repairing(
            RolloutId rollout, List<DatabaseId> databases, Repair repair, String by, Instant at)
            implements Command {
        /** Copies the list. */
        public Repairing {
            databases = List.copyOf(databases);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
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
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** No more orders; what is done stays. */
    record Abort(RolloutId rollout, String reason, String by, Instant at) implements Command {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /**
     * Databases are taken back to where the rollout found them.
     *
     * @param scope how much
     * @param databases which, for that scope; else empty
     * @param wave the wave's name, for that scope; the last one started where absent
     */
    record Rollback(
            RolloutId rollout,
            RollbackScope scope,
            List<DatabaseId> databases,
            Optional<String> wave,
            String reason,
            String by,
            Instant at)
            implements Command {
        /** Copies the list. */
        public Rollback {
            databases = List.copyOf(databases);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** Time has passed or something was reported: whatever is due now. Never rejected. */
    record Advance(RolloutId rollout, Instant at) implements Command {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.on(this);
        }
    }

    /** One overload a command: a missing case does not compile. */
    interface Visitor<R> {
        /** A new rollout. */
        R on(Open command);

        /** A person's word for the next wave. */
        R on(Approve command);

        /** A person's stop. */
        R on(Pause command);

        /** A person's go after a stop. */
        R on(Resume command);

        /** A person's word against waiting longer. */
        R on(Promote command);

        /** Once more. */
        R on(Retry command);

        /** Once more, but mended. */
        R on(Repairing command);

        /** Without these. */
        R on(Skip command);

        /** Stop for good. */
        R on(Abort command);

        /** Back. */
        R on(Rollback command);

        /** Whatever is due. */
        R on(Advance command);
    }
}

package dev.skein.orchestrator.rollout;

import dev.skein.protocol.Labelled;

/** Why a command was refused: stable names that outsiders may rely on. */
public enum RejectionCode implements Labelled {
    /** No rollout has that name. */
    UNKNOWN_ROLLOUT("unknown-rollout", Kind.NOT_FOUND),
    /** No plan with that digest was published. */
    UNKNOWN_PLAN("unknown-plan", Kind.NOT_FOUND),
    /** The rollout has no wave of that name. */
    UNKNOWN_WAVE("unknown-wave", Kind.NOT_FOUND),
    /** A database is named that the fleet, or the rollout, does not have. */
    UNKNOWN_DATABASE("unknown-database", Kind.NOT_FOUND),
    /** A rollout of that name exists. */
    ROLLOUT_EXISTS("rollout-exists", Kind.CONFLICT),
    /** The strategy takes only plans that were tried out, and this one was not. */
    REHEARSAL_REQUIRED("rehearsal-required", Kind.CONFLICT),
    /** No wave of the strategy got any database. */
    NOTHING_SELECTED("nothing-selected", Kind.INVALID),
    /** Databases are part of another rollout that is open. */
    DATABASE_BUSY("database-busy", Kind.CONFLICT),
    /** A later rollout has changed databases since. */
    DATABASE_MOVED_ON("database-moved-on", Kind.CONFLICT),
    /** The rollout is not what the person saw. */
    DIGEST_MISMATCH("digest-mismatch", Kind.CONFLICT),
    /** No wave waits for an approval. */
    NOT_AWAITING_APPROVAL("not-awaiting-approval", Kind.CONFLICT),
    /** The rollout is not paused. */
    NOT_PAUSED("not-paused", Kind.CONFLICT),
    /** The rollout is paused already. */
    ALREADY_PAUSED("already-paused", Kind.CONFLICT),
    /** Going on would exceed the failure budget at once. */
    BUDGET_EXCEEDED("budget-exceeded", Kind.CONFLICT),
    /** No wave soaks. */
    NOT_SOAKING("not-soaking", Kind.CONFLICT),
    /** No database failed, or the named ones cannot be ordered once more. */
    NOTHING_TO_RETRY("nothing-to-retry", Kind.CONFLICT),
    /** A named database has not failed, or none was named. */
    NOT_REPAIRABLE("not-repairable", Kind.CONFLICT),
    /** A named database cannot be left out any more, or none was named. */
    NOT_SKIPPABLE("not-skippable", Kind.CONFLICT),
    /** The rollout changes no schema, so there is nothing to take back or to mend. */
    NO_MIGRATION("no-migration", Kind.CONFLICT),
    /** Nothing was ordered yet, or all of it is taken back. */
    NOTHING_TO_ROLL_BACK("nothing-to-roll-back", Kind.CONFLICT),
    /** The rollout is being aborted. */
    ROLLOUT_ABORTING("rollout-aborting", Kind.CONFLICT),
    /** The rollout has ended. */
    ROLLOUT_CLOSED("rollout-closed", Kind.CONFLICT);

    private final String label;
    private final Kind kind;

    RejectionCode(String label, Kind kind) {
        this.label = label;
        this.kind = kind;
    }

    @Override
    public String label() {
        return label;
    }

    /** What sort of refusal it is. */
    public Kind kind() {
        return kind;
    }

    /** The sorts of refusal. */
    public enum Kind {
        /** Something that was named does not exist. */
        NOT_FOUND,
        /** It exists, but its state does not allow it now. */
        CONFLICT,
        /** The request can never be granted as it is. */
        INVALID
    }
}

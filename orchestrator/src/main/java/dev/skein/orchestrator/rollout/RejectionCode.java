package dev.skein.orchestrator.rollout;

import dev.skein.protocol.Labelled;

/** Why a command was refused: stable names that outsiders may rely on. */
public enum RejectionCode implements Labelled {
    /** No rollout has that name. */
    UNKNOWN_ROLLOUT("unknown-rollout", Category.NOT_FOUND),
    /** No plan with that digest was published. */
    UNKNOWN_PLAN("unknown-plan", Category.NOT_FOUND),
    /** The rollout has no wave of that name. */
    UNKNOWN_WAVE("unknown-wave", Category.NOT_FOUND),
    /** A database is named that the fleet, or the rollout, does not have. */
    UNKNOWN_DATABASE("unknown-database", Category.NOT_FOUND),
    /** The plan has no migration of that version, or of that name. */
    UNKNOWN_VERSION("unknown-version", Category.NOT_FOUND),
    /** A rollout of that name exists. */
    ROLLOUT_EXISTS("rollout-exists", Category.CONFLICT),
    /** The strategy takes only plans that were tried out, and this one was not. */
    REHEARSAL_REQUIRED("rehearsal-required", Category.CONFLICT),
    /** A step of the plan is carried out by a runner that agents of its databases do not have. */
    NO_RUNNER("no-runner", Category.CONFLICT),
    /** The log takes no record that large. */
    TOO_LARGE("too-large", Category.TOO_LARGE),
    /** Schemas of one database would share the plan's version table. */
    SHARED_VERSION_TABLE("shared-version-table", Category.CONFLICT),
    /** The strategy takes only plans that can be undone, and this one cannot. */
    DOWNS_REQUIRED("downs-required", Category.CONFLICT),
    /** A migration that is to be rolled back has no down. */
    IRREVERSIBLE("irreversible", Category.CONFLICT),
    /** No wave of the strategy got any database. */
    NOTHING_SELECTED("nothing-selected", Category.INVALID),
    /** Databases are part of another rollout that is open. */
    DATABASE_BUSY("database-busy", Category.CONFLICT),
    /** A later rollout has changed databases since. */
    DATABASE_MOVED_ON("database-moved-on", Category.CONFLICT),
    /** The rollout is not what the person saw. */
    DIGEST_MISMATCH("digest-mismatch", Category.CONFLICT),
    /** No wave waits for an approval. */
    NOT_AWAITING_APPROVAL("not-awaiting-approval", Category.CONFLICT),
    /** No approval is there that has not let its wave start. */
    NOT_APPROVED("not-approved", Category.CONFLICT),
    /** The rollout is not paused. */
    NOT_PAUSED("not-paused", Category.CONFLICT),
    /** The rollout is paused already. */
    ALREADY_PAUSED("already-paused", Category.CONFLICT),
    /** Going on would exceed the failure budget at once. */
    BUDGET_EXCEEDED("budget-exceeded", Category.CONFLICT),
    /** No wave soaks. */
    NOT_SOAKING("not-soaking", Category.CONFLICT),
    /** No database failed, or the named ones cannot be ordered again. */
    NOTHING_TO_RETRY("nothing-to-retry", Category.CONFLICT),
    /** A named database has not failed, or none was named. */
    NOT_REPAIRABLE("not-repairable", Category.CONFLICT),
    /** A named database cannot be left out any more, or none was named. */
    NOT_SKIPPABLE("not-skippable", Category.CONFLICT),
    /** The rollout changes no schema, so there is nothing to roll back or to repair. */
    NO_MIGRATION("no-migration", Category.CONFLICT),
    /** Nothing was ordered yet, or all of it is rolled back. */
    NOTHING_TO_ROLL_BACK("nothing-to-roll-back", Category.CONFLICT),
    /** The rollout is being aborted. */
    ROLLOUT_ABORTING("rollout-aborting", Category.CONFLICT),
    /** The rollout has ended. */
    ROLLOUT_CLOSED("rollout-closed", Category.CONFLICT);

    private final String label;
    private final Category category;

    RejectionCode(String label, Category category) {
        this.label = label;
        this.category = category;
    }

    @Override
    public String label() {
        return label;
    }

    /** What sort of refusal it is. */
    public Category category() {
        return category;
    }

    /** The sorts of refusal. */
    public enum Category {
        /** Something that was named does not exist. */
        NOT_FOUND,
        /** It exists, but its state does not allow it now. */
        CONFLICT,
        /** The request can never be granted as it is. */
        INVALID,
        /** It is larger than the log can hold. */
        TOO_LARGE
    }
}

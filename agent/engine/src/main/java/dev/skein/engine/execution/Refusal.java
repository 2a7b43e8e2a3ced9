package dev.skein.engine.execution;

/** Why an order is not carried out at all; nothing has been run. */
sealed interface Refusal {
    /**
     * The database is not as the plan has to find it.
     *
     * @param code stable and short
     */
    record Mismatch(String code, String message) implements Refusal {}

    /** A rollback cannot undo this migration. */
    record NoWayBack(String migration, String reason) implements Refusal {}
}

package dev.skein.ops.source.flyway;

/**
 * The callbacks that Flyway knows (its class Event), by what becomes of a script of that name while
 * {@code migrate} runs.
 */
enum FlywayEvent {
    AFTER_CONNECT("afterConnect", Use.BEFORE),
    BEFORE_VALIDATE("beforeValidate", Use.BEFORE),
    AFTER_VALIDATE("afterValidate", Use.BEFORE),
    BEFORE_MIGRATE("beforeMigrate", Use.BEFORE),
    BEFORE_EACH_MIGRATE("beforeEachMigrate", Use.BEFORE_EACH),
    AFTER_EACH_MIGRATE("afterEachMigrate", Use.AFTER_EACH),
    BEFORE_REPEATABLES("beforeRepeatables", Use.BETWEEN),
    AFTER_VERSIONED("afterVersioned", Use.BETWEEN),
    AFTER_MIGRATE_APPLIED("afterMigrateApplied", Use.AFTER),
    AFTER_MIGRATE("afterMigrate", Use.AFTER),

    BEFORE_EACH_MIGRATE_STATEMENT("beforeEachMigrateStatement", Use.REFUSED),
    AFTER_EACH_MIGRATE_STATEMENT("afterEachMigrateStatement", Use.REFUSED),
    AFTER_EACH_MIGRATE_STATEMENT_ERROR("afterEachMigrateStatementError", Use.REFUSED),
    AFTER_EACH_MIGRATE_ERROR("afterEachMigrateError", Use.REFUSED),
    AFTER_MIGRATE_ERROR("afterMigrateError", Use.REFUSED),
    AFTER_MIGRATE_OPERATION_FINISH("afterMigrateOperationFinish", Use.REFUSED),
    AFTER_VALIDATE_ERROR("afterValidateError", Use.REFUSED),
    CREATE_SCHEMA("createSchema", Use.REFUSED),
    BEFORE_CREATE_SCHEMA("beforeCreateSchema", Use.REFUSED),

    BEFORE_CONNECT("beforeConnect", Use.NEVER),
    BEFORE_CLEAN("beforeClean", Use.NEVER),
    AFTER_CLEAN("afterClean", Use.NEVER),
    AFTER_CLEAN_ERROR("afterCleanError", Use.NEVER),
    BEFORE_UNDO("beforeUndo", Use.NEVER),
    BEFORE_EACH_UNDO("beforeEachUndo", Use.NEVER),
    BEFORE_EACH_UNDO_STATEMENT("beforeEachUndoStatement", Use.NEVER),
    AFTER_EACH_UNDO_STATEMENT("afterEachUndoStatement", Use.NEVER),
    AFTER_EACH_UNDO_STATEMENT_ERROR("afterEachUndoStatementError", Use.NEVER),
    AFTER_EACH_UNDO("afterEachUndo", Use.NEVER),
    AFTER_EACH_UNDO_ERROR("afterEachUndoError", Use.NEVER),
    AFTER_UNDO("afterUndo", Use.NEVER),
    AFTER_UNDO_ERROR("afterUndoError", Use.NEVER),
    BEFORE_BASELINE("beforeBaseline", Use.NEVER),
    AFTER_BASELINE("afterBaseline", Use.NEVER),
    AFTER_BASELINE_ERROR("afterBaselineError", Use.NEVER),
    BEFORE_REPAIR("beforeRepair", Use.NEVER),
    AFTER_REPAIR("afterRepair", Use.NEVER),
    AFTER_REPAIR_ERROR("afterRepairError", Use.NEVER),
    BEFORE_INFO("beforeInfo", Use.NEVER),
    AFTER_INFO("afterInfo", Use.NEVER),
    AFTER_INFO_ERROR("afterInfoError", Use.NEVER),
    AFTER_INFO_OPERATION_FINISH("afterInfoOperationFinish", Use.NEVER);

    /** Where a script of that name goes. */
    enum Use {
        /** Before the first migration of an order. */
        BEFORE,
        /** In the transaction of each migration, before it. */
        BEFORE_EACH,
        /** In the transaction of each migration, after it. */
        AFTER_EACH,
        /** Between versioned and repeatable migrations, for which a plan has no place. */
        BETWEEN,
        /** After the last migration of an order. */
        AFTER,
        /** {@code migrate} would run it, and a plan has no place for it. */
        REFUSED,
        /** {@code migrate} does not run it. */
        NEVER
    }

    private final String id;
    private final Use use;

    FlywayEvent(String id, Use use) {
        this.id = id;
        this.use = use;
    }

    String id() {
        return id;
    }

    Use use() {
        return use;
    }
}

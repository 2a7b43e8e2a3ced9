package dev.skein.ops.lint;

import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Data_statementContext;

/** Puts together what a migration is. Not thread-safe. */
final class ClassOfMigration {
    private boolean data;
    private boolean breaking;
    private boolean unknown;

    void saw(LintedStatement statement) {
        data |= statement.data().filter(ClassOfMigration::changesRows).isPresent();
        data |=
                statement
                        .additional()
                        .filter(
                                each ->
                                        each.copy_statement() != null
                                                || each.truncate_stmt() != null)
                        .isPresent();
        unknown |=
                statement.additional().filter(each -> each.anonymous_block() != null).isPresent();
    }

    private static boolean changesRows(Data_statementContext statement) {
        return statement.select_stmt() == null;
    }

    void found(Finding finding) {
        breaking |= finding.rule().hazard() == Hazard.BREAKS_CODE;
    }

    void unknown() {
        unknown = true;
    }

    /** What is known to break does so whatever else it does. */
    MigrationClass get() {
        if (breaking) {
            return MigrationClass.BREAKING;
        }
        if (unknown) {
            return MigrationClass.UNKNOWN;
        }
        return data ? MigrationClass.DATA : MigrationClass.ADDITIVE;
    }
}

package dev.skein.ops.lint.rule;

import dev.skein.ops.lint.Hazard;
import dev.skein.ops.lint.Hit;
import dev.skein.ops.lint.LintedStatement;
import dev.skein.ops.lint.Rule;
import dev.skein.ops.lint.RuleNote;
import dev.skein.ops.lint.Severity;
import dev.skein.ops.lint.SqlNames;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_type_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_view_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_alterContext;

/** Another object that applications know by its old name. */
public final class RenameOther implements Rule {
    private static final Pattern RENAME =
            Pattern.compile("(?i)renameto|renamecolumn|^rename|setschema");
    private static final RuleNote NOTE =
            new RuleNote(
                    "rename-view-or-type",
                    Severity.WARNING,
                    Hazard.BREAKS_CODE,
                    "a view, a type, a sequence or a schema is renamed");

    @Override
    public RuleNote note() {
        return NOTE;
    }

    @Override
    public List<Hit> check(LintedStatement statement) {
        return statement.alter().stream()
                .flatMap(RenameOther::renamed)
                .filter(statement::isOld)
                .map(
                        name ->
                                Hit.of(
                                        name,
                                        "applications that name it fail",
                                        "make one of the new name beside it, and drop the old one"
                                                + " when nobody uses it"))
                .toList();
    }

    private static Stream<String> renamed(Schema_alterContext alter) {
        if (alter.alter_schema_statement() != null
                && alter.alter_schema_statement().rename_to() != null) {
            return Stream.of(SqlNames.of(alter.alter_schema_statement().identifier()));
        }
        if (alter.alter_type_statement() != null && isRename(alter.alter_type_statement())) {
            return Stream.of(SqlNames.of(alter.alter_type_statement().name));
        }
        if (alter.alter_view_statement() != null && isRename(alter.alter_view_statement())) {
            return Stream.of(SqlNames.of(alter.alter_view_statement().name));
        }
        boolean sequence =
                alter.alter_sequence_statement() != null
                        && alter.alter_sequence_statement().rename_to() != null;
        return sequence
                ? Stream.of(SqlNames.of(alter.alter_sequence_statement().name))
                : Stream.empty();
    }

    private static boolean isRename(Alter_type_statementContext type) {
        return type.rename_to() != null || type.set_schema() != null || type.RENAME() != null;
    }

    private static boolean isRename(Alter_view_statementContext view) {
        return RENAME.matcher(view.alter_view_action().getText()).find();
    }
}

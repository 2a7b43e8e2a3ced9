package dev.skein.ops.lint.rule;

import dev.skein.ops.lint.Hazard;
import dev.skein.ops.lint.Hit;
import dev.skein.ops.lint.LintedStatement;
import dev.skein.ops.lint.Rule;
import dev.skein.ops.lint.RuleNote;
import dev.skein.ops.lint.Severity;
import dev.skein.ops.lint.SqlNames;
import java.util.List;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_createContext;

/** What needs files on the server and rights. */
public final class CreateExtension implements Rule {
    private static final RuleNote NOTE =
            new RuleNote(
                    "create-extension", Severity.NOTICE, Hazard.FAILS, "an extension is installed");

    @Override
    public RuleNote note() {
        return NOTE;
    }

    @Override
    public List<Hit> check(LintedStatement statement) {
        return statement
                .create()
                .map(Schema_createContext::create_extension_statement)
                .map(
                        extension ->
                                Hit.of(
                                        SqlNames.of(extension.name),
                                        "it needs the extension's files on each server, and a"
                                                + " superuser unless the extension is trusted",
                                        "have the servers' owner install it beforehand"))
                .stream()
                .toList();
    }
}

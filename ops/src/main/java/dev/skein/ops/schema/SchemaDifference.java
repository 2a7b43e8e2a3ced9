package dev.skein.ops.schema;

import dev.skein.engine.sql.SqlRefused;
import dev.skein.engine.sql.SqlScript;
import dev.skein.engine.sql.SqlStatement;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.pgcodekeeper.core.PgDiff;
import org.pgcodekeeper.core.ignorelist.IgnoreList;
import org.pgcodekeeper.core.ignorelist.IgnoredObject;
import org.pgcodekeeper.core.model.difftree.DiffTree;
import org.pgcodekeeper.core.model.difftree.TreeElement;
import org.pgcodekeeper.core.settings.CoreSettings;

/**
 * The statements that turn a database of one schema into one of another.
 *
 * @param statements in the order of execution, all in one transaction, without their semicolons;
 *     names are qualified
 */
public record SchemaDifference(List<String> statements) {
    private static final Pattern SEARCH_PATH =
            Pattern.compile("SET search_path = pg_catalog", Pattern.CASE_INSENSITIVE);

    /** Copies the list. */
    public SchemaDifference {
        statements = List.copyOf(statements);
    }

    /**
     * Compares two schemas.
     *
     * @param scope what is compared and what is left out
     * @throws SchemaFailure if the difference cannot be written down
     */
    public static SchemaDifference between(SchemaModel from, SchemaModel to, Scope scope) {
        CoreSettings settings = SchemaModel.settings();
        settings.setIgnorePrivileges(!scope.privileges());
        try {
            TreeElement tree = DiffTree.create(settings, from.database(), to.database());
            tree.setAllChecked();
            String script =
                    new PgDiff(settings)
                            .diff(tree, from.database(), to.database(), null, null, leftOut(scope));
            return new SchemaDifference(statements(script, scope));
        } catch (IOException | SqlRefused failure) {
            throw new SchemaFailure(
                    "the difference of two schemas cannot be written as SQL: "
                            + failure.getMessage(),
                    failure);
        } catch (RuntimeException unknown) {
            // Whatever the library makes of an object that it does not know.
            throw new SchemaFailure(
                    "the difference of two schemas cannot be found: " + unknown, unknown);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SchemaFailure("interrupted while comparing two schemas", interrupted);
        }
    }

    private static IgnoreList leftOut(Scope scope) {
        IgnoreList list = new IgnoreList();
        for (String table : scope.withoutTables()) {
            IgnoredObject hidden = new IgnoredObject(table, false, false, false, Set.of());
            hidden.setShow(false);
            hidden.setIgnoreContent(true);
            list.add(hidden);
        }
        return list;
    }

    private static List<String> statements(String script, Scope scope) {
        return SqlScript.parse("difference", script).statements().stream()
                .map(SqlStatement::text)
                .filter(text -> !SEARCH_PATH.matcher(text).matches())
                .filter(text -> !scope.isOwnersWork(text))
                .toList();
    }

    /** Whether both schemas are the same, as far as was compared. */
    public boolean isEmpty() {
        return statements.isEmpty();
    }

    /** As one script. */
    public String sql() {
        return ScriptText.join(statements);
    }

    /**
     * What is compared.
     *
     * @param owner the role whose ownership and own grants are no difference: it made the objects
     * @param privileges whether owners and grants are compared at all
     * @param withoutTables names of tables that are left out, such as a version table
     */
    public record Scope(String owner, boolean privileges, List<String> withoutTables) {
        /** Copies the list. */
        public Scope {
            withoutTables = List.copyOf(withoutTables);
        }

        /** Databases of a fleet have other owners than a scratch database. */
        private boolean isOwnersWork(String statement) {
            String role = "(\"" + Pattern.quote(owner) + "\"|" + Pattern.quote(owner) + ")";
            boolean owns = ends(statement, "(?is)alter .*\\bowner to " + role);
            boolean grants =
                    ends(statement, "(?is)grant .*\\bto " + role + "( with grant option)?");
            boolean revokes = ends(statement, "(?is)revoke .*\\bfrom " + role);
            return owns
                    || grants
                    || revokes
                    || !privileges && ends(statement, "(?is)alter .*\\bowner to [^ ]+");
        }

        private static boolean ends(String statement, String pattern) {
            return Pattern.compile(pattern).matcher(statement).matches();
        }
    }
}

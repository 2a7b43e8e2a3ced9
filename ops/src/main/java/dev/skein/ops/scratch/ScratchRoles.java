package dev.skein.ops.scratch;

import dev.skein.engine.sql.SqlText;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The roles that SQL in a scratch database made. Roles belong to the server, so that they would
 * outlive the database. A role counts as made there if it was not there when the database was
 * created, and a text that was sent to the database and creates roles has its name in it: so
 * nothing happens to what others make on the server meanwhile.
 */
final class ScratchRoles {
    private static final Pattern CREATES =
            Pattern.compile("\\bcreate\\s+(?:role|user|group)\\b", Pattern.CASE_INSENSITIVE);

    private static final String ROLES = "select rolname from pg_catalog.pg_roles";

    private final SortedSet<String> before;
    private final SortedSet<String> made = new TreeSet<>();

    ScratchRoles(SortedSet<String> before) {
        this.before = new TreeSet<>(before);
    }

    static SortedSet<String> on(Connection connection) throws SQLException {
        SortedSet<String> roles = new TreeSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(ROLES)) {
            while (rows.next()) {
                roles.add(rows.getString(1));
            }
        }
        return roles;
    }

    static boolean maybeCreatedBy(String sql) {
        return CREATES.matcher(sql).find();
    }

    /** Notes which of the roles that are there now the text made. */
    void note(String sql, SortedSet<String> now) {
        String text = sql.toLowerCase(Locale.ROOT);
        now.stream()
                .filter(role -> !before.contains(role))
                .filter(role -> text.contains(role.toLowerCase(Locale.ROOT)))
                .forEach(made::add);
    }

    /** Those that were made and are still there. */
    List<String> left(SortedSet<String> now) {
        return made.stream().filter(now::contains).toList();
    }

    boolean isEmpty() {
        return made.isEmpty();
    }

    /**
     * Drops roles that only this database knows. What they own here goes to who drops them; what
     * they were granted goes.
     */
    static void drop(Connection connection, List<String> roles) throws SQLException {
        List<String> statements = new ArrayList<>();
        for (String role : roles) {
            String quoted = SqlText.identifier(role);
            statements.add("reassign owned by " + quoted + " to current_user");
            statements.add("drop owned by " + quoted);
            statements.add("drop role " + quoted);
        }
        try (Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }
}

package dev.skein.ops.lint;

import java.util.Set;
import java.util.TreeSet;

/** What the migrations before a statement have made. Not thread-safe. */
public final class PlanSoFar {
    private final Set<String> tables = new TreeSet<>();
    private final Set<String> indexedColumns = new TreeSet<>();
    private final Set<String> policies = new TreeSet<>();

    /** Whether the plan made the table, or the view, of that name. */
    public boolean made(String table) {
        return tables.contains(table);
    }

    /** Whether any index of the plan begins with that column. */
    public boolean indexes(String table, String column) {
        return indexedColumns.contains(table + "." + column);
    }

    /** Whether any statement of the plan makes a policy of row level security for that table. */
    public boolean hasPolicy(String table) {
        return policies.contains(table);
    }

    void addPolicy(String table) {
        policies.add(table);
    }

    void make(String table) {
        tables.add(table);
    }

    void index(String table, String column) {
        indexedColumns.add(table + "." + column);
    }
}

package dev.skein.ops.lint;

import java.util.Set;
import java.util.TreeSet;

/** What a transaction has done before a statement. Not thread-safe. */
public final class TransactionSoFar {
    private final Set<String> locked = new TreeSet<>();
    private final Set<String> unvalidated = new TreeSet<>();
    private final Set<String> enumValues = new TreeSet<>();

    /** Tables that nobody else can read until it ends. */
    public Set<String> locked() {
        return new TreeSet<>(locked);
    }

    /** Whether it added this constraint without validating it. */
    public boolean addedUnvalidated(String constraint) {
        return unvalidated.contains(constraint);
    }

    /** The values that it added to enums that were there before. */
    public Set<String> enumValues() {
        return new TreeSet<>(enumValues);
    }

    void lock(String table) {
        locked.add(table);
    }

    void addUnvalidated(String constraint) {
        unvalidated.add(constraint);
    }

    void addEnumValue(String literal) {
        enumValues.add(literal);
    }
}

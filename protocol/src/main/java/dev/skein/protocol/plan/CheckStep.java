package dev.skein.protocol.plan;

import java.util.List;

/**
 * A query that must answer with one expected value; run in a read-only transaction.
 *
 * @param name what is checked, in a sentence for a person
 * @param query selects one row with one column
 * @param expected the text that value must have
 */
public record CheckStep(String name, String query, String expected) implements Step {
    /**
     * @throws IllegalArgumentException if name or query is blank
     */
    public CheckStep {
        if (name.isBlank() || query.isBlank()) {
            throw new IllegalArgumentException("a check needs a name and a query");
        }
    }

    @Override
    public String text() {
        return query;
    }

    /** Its name says where it stands. */
    @Override
    public List<ScriptExcerpt> excerpts() {
        return List.of();
    }

    @Override
    public CheckStep at(List<ScriptExcerpt> places) {
        return this;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.on(this);
    }
}

package dev.skein.ops.source.knex;

import dev.skein.engine.sql.SqlStatement;
import dev.skein.engine.sql.TokenCursor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The statements of a transaction while it is open. Savepoints are resolved: what was rolled back
 * to one is gone, and the rest needs none.
 *
 * <p>Threads: one.
 */
final class OpenTransaction {
    private final List<String> statements = new ArrayList<>();
    private final Deque<Mark> marks = new ArrayDeque<>();
    private int failedAt = -1;

    private record Mark(String name, int size) {}

    /** Takes a statement that the server took, or refused. */
    void add(SqlStatement statement, boolean failed) {
        if (failed && failedAt < 0) {
            failedAt = statements.size();
        }
        statements.add(statement.text());
    }

    /** Takes a savepoint, its release, or the way back to it. */
    void savepoint(SqlStatement statement) {
        TokenCursor words = TokenCursor.of(statement.text());
        String name = words.last().toLowerCase(Locale.ROOT);
        switch (words.text(0).toLowerCase(Locale.ROOT)) {
            case "savepoint" -> marks.push(new Mark(name, statements.size()));
            case "release" -> markOf(name).ifPresent(marks::remove);
            default -> markOf(name).ifPresent(this::backTo);
        }
    }

    private Optional<Mark> markOf(String name) {
        return marks.stream().filter(mark -> mark.name().equals(name)).findFirst();
    }

    private void backTo(Mark mark) {
        while (!marks.isEmpty() && marks.peek() != mark) {
            marks.pop();
        }
        statements.subList(mark.size(), statements.size()).clear();
        if (failedAt >= mark.size()) {
            failedAt = -1;
        }
    }

    /** What has taken effect: nothing after a failure that was not rolled back to a savepoint. */
    List<String> committed() {
        return failedAt < 0 ? List.copyOf(statements) : List.of();
    }
}

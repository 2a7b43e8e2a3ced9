package dev.skein.engine.postgres;

import dev.skein.engine.sql.StatementPlace;
import dev.skein.protocol.event.FailedStatement;
import io.vertx.pgclient.PgException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the server says of a failed statement of the team's, beside its message. */
final class StatementFailure {
    /** Lines of a context that name functions and never values. */
    private static final Pattern WITHOUT_DATA =
            Pattern.compile("(PL/\\w+|SQL) function .*|PL/\\w+ (inline_)?code.*");

    private static final String WITHHELD =
            "(withheld by the agent, see 'report-row-data' in its configuration)";

    private final boolean rowData;

    /**
     * @param rowData whether what may hold the values of rows is told
     */
    StatementFailure(boolean rowData) {
        this.rowData = rowData;
    }

    /**
     * A statement of a text that was sent as one query.
     *
     * @param succeeded how many of its statements had succeeded
     */
    FailedStatement in(String sql, int succeeded, PgException refused) {
        return of(
                refused.getPosition() == null
                        ? StatementPlace.ofNumber(sql, succeeded + 1)
                        : StatementPlace.ofPosition(sql, Integer.parseInt(refused.getPosition())),
                refused);
    }

    /** What only came to light when all statements had run, such as a deferred constraint. */
    FailedStatement afterAll(PgException refused) {
        return of(Optional.empty(), refused);
    }

    private FailedStatement of(Optional<StatementPlace> place, PgException refused) {
        return new FailedStatement(
                Optional.empty(),
                place.map(at -> OptionalInt.of(at.number())).orElseGet(OptionalInt::empty),
                place.map(at -> OptionalInt.of(at.line())).orElseGet(OptionalInt::empty),
                place.map(StatementPlace::text),
                Optional.ofNullable(refused.getDetail()).map(text -> rowData ? text : WITHHELD),
                Optional.ofNullable(refused.getHint()),
                Optional.ofNullable(refused.getWhere())
                        .map(this::context)
                        .filter(s -> !s.isEmpty()));
    }

    private String context(String where) {
        return rowData
                ? where
                : where.lines()
                        .filter(line -> WITHOUT_DATA.matcher(line).matches())
                        .collect(Collectors.joining("\n"));
    }
}

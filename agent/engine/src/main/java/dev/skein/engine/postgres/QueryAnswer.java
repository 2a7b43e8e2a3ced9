package dev.skein.engine.postgres;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the server answered to one message of one or more statements.
 *
 * <p>Results are found by the name of a column. Their number would not do: the client gives a
 * statement without a result, such as {@code commit}, the columns of the result before it, and no
 * rows.
 */
record QueryAnswer(RowSet<Row> first) {

    /** The rows of all results that have this column. */
    List<Row> rows(String column) {
        List<Row> rows = new ArrayList<>();
        for (RowSet<Row> each = first; each != null; each = each.next()) {
            if (each.columnsNames() != null && each.columnsNames().contains(column)) {
                each.forEach(rows::add);
            }
        }
        return rows;
    }

    /** The only row of the only result, if it has one column. */
    Optional<Row> single() {
        boolean one =
                first.next() == null
                        && first.size() == 1
                        && first.columnsNames() != null
                        && first.columnsNames().size() == 1;
        return one ? Optional.of(first.iterator().next()) : Optional.empty();
    }
}

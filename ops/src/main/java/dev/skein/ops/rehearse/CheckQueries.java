package dev.skein.ops.rehearse;

import dev.skein.ops.scratch.ServerAnswer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** Asks check queries, in transactions that change nothing. */
final class CheckQueries {
    private static final int ROWS_MAX = 20;

    private CheckQueries() {}

    /** One answer a query; one that cannot be asked answers with the reason. */
    static List<String> ask(Connection connection, List<CheckQuery> queries) throws SQLException {
        List<String> answers = new ArrayList<>();
        for (CheckQuery each : queries) {
            answers.add(ask(connection, each.query()));
        }
        return answers;
    }

    private static String ask(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute("begin read only");
            try (ResultSet rows = statement.executeQuery(query)) {
                return answer(rows);
            } catch (SQLException refused) {
                return "not to be asked: " + ServerAnswer.of(refused, query);
            } finally {
                try (Statement ending = connection.createStatement()) {
                    ending.execute("rollback");
                }
            }
        }
    }

    private static String answer(ResultSet rows) throws SQLException {
        StringJoiner lines = new StringJoiner("; ");
        int columns = rows.getMetaData().getColumnCount();
        int shown = 0;
        while (rows.next()) {
            if (shown++ == ROWS_MAX) {
                return lines.add("…").toString();
            }
            StringJoiner line = new StringJoiner(", ");
            for (int column = 1; column <= columns; column++) {
                line.add(String.valueOf(rows.getString(column)));
            }
            lines.add(line.toString());
        }
        return lines.toString();
    }
}

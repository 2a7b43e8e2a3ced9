package dev.skein.ops.scratch;

import dev.skein.protocol.event.StepFailure;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Puts into words why the server refused a text of SQL. */
public final class ServerAnswer {
    /** What an embedded server may lack and a server of the user's may have. */
    private static final Set<String> ABSENT = Set.of("58P01", "0A000", "22023");

    private ServerAnswer() {}

    /** {@code line 12: relation "invoice" does not exist [42P01]}. */
    public static String of(SQLException failure, String sql) {
        Optional<ServerErrorMessage> answer = message(failure);
        String said = answer.map(ServerErrorMessage::getMessage).orElse(failure.getMessage());
        String line =
                answer.map(ServerErrorMessage::getPosition)
                        .filter(position -> position > 0)
                        .map(position -> "line " + line(sql, position) + ": ")
                        .orElse("");
        String detail =
                answer.map(ServerErrorMessage::getDetail).map(each -> " (" + each + ")").orElse("");
        return line
                + said
                + detail
                + " ["
                + failure.getSQLState()
                + "]"
                + advice(String.valueOf(failure.getSQLState()), said);
    }

    /** The same of what the engine was answered, in its words. */
    public static String of(StepFailure failure, String words, Optional<String> detail) {
        return words
                + detail.map(each -> " (" + each + ")").orElse("")
                + failure.sqlState().map(state -> " [" + state + "]").orElse("")
                + advice(failure.sqlState().orElse(""), words);
    }

    private static Optional<ServerErrorMessage> message(SQLException failure) {
        return failure instanceof PSQLException answered
                ? Optional.ofNullable(answered.getServerErrorMessage())
                : Optional.empty();
    }

    private static long line(String sql, int position) {
        int end =
                sql.offsetByCodePoints(
                        0, Math.min(position - 1, sql.codePointCount(0, sql.length())));
        return 1 + sql.substring(0, end).chars().filter(each -> each == '\n').count();
    }

    private static String advice(String sqlState, String said) {
        boolean extension = said.contains("extension") || said.contains("could not access file");
        boolean role = said.startsWith("role ") && said.endsWith(" does not exist");
        if (extension && ABSENT.contains(sqlState)) {
            return "; this server lacks the extension: name one that has it with --scratch";
        }
        return role ? "; name a server that has the role with --scratch" : "";
    }
}

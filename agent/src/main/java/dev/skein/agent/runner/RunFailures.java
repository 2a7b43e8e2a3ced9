package dev.skein.agent.runner;

import dev.skein.protocol.event.StepFailure;
import dev.skein.protocol.text.LastLines;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a run that failed says of itself: its exit code, its last lines, and the SQLSTATE where a
 * driver printed one.
 */
final class RunFailures {
    /** How node-postgres, JDBC and SQLSTATE-printing drivers write it. */
    private static final Pattern STATE =
            Pattern.compile(
                    "(?:\\bcode: ['\"`]|SQL"
                            + " ?STATE['\"]?\\s*[:=\\[(]*\\s*['\"]?|pgcode['\"]?\\s*[:=]\\s*['\"]?)"
                            + "([0-9A-Z]{5})\\b",
                    Pattern.CASE_INSENSITIVE);

    /** What Node calls an error of the system, and what Prisma calls its own, are none. */
    private static final Pattern OTHER =
            Pattern.compile("E[A-Z]{4}|P[1-6]\\d{3}", Pattern.CASE_INSENSITIVE);

    /** psycopg and asyncpg print the class of an error, named after PostgreSQL's condition. */
    private static final Map<String, String> CONDITIONS =
            Map.of(
                    "LockNotAvailable", "55P03",
                    "SerializationFailure", "40001",
                    "DeadlockDetected", "40P01",
                    "AdminShutdown", "57P01",
                    "CrashShutdown", "57P02",
                    "CannotConnectNow", "57P03",
                    "TooManyConnections", "53300",
                    "QueryCanceled", "57014",
                    "InsufficientPrivilege", "42501");

    /** Prisma's own codes for what may pass (its error reference), as PostgreSQL's. */
    private static final Map<String, String> PRISMA =
            Map.of("P2034", "40001", "P1001", "08001", "P1017", "08006");

    private static final Pattern PRISMA_CODE = Pattern.compile("\\bP(?:2034|1001|1017)\\b");

    private RunFailures() {}

    static StepFailure permanent(String code, String message) {
        return new StepFailure(code, Optional.empty(), message, false, List.of());
    }

    /**
     * The program ended by itself, and not well.
     *
     * @param passing whether the same attempt may succeed later after a failure of an SQLSTATE
     */
    static StepFailure ofExit(String runner, int exit, String output, Predicate<String> passing) {
        Optional<String> state = stateIn(output);
        return new StepFailure(
                "runner-failed",
                state,
                "the run by '%s' ended with exit code %d%s"
                        .formatted(runner, exit, LastLines.told(output)),
                state.filter(passing).isPresent(),
                List.of());
    }

    private static Optional<String> stateIn(String output) {
        Optional<String> last = Optional.empty();
        Matcher found = STATE.matcher(output);
        while (found.find()) {
            if (!OTHER.matcher(found.group(1)).matches()) {
                last = Optional.of(found.group(1));
            }
        }
        return last.or(
                        () ->
                                CONDITIONS.entrySet().stream()
                                        .filter(each -> output.contains("." + each.getKey()))
                                        .map(Map.Entry::getValue)
                                        .findFirst())
                .or(
                        () ->
                                PRISMA_CODE
                                        .matcher(output)
                                        .results()
                                        .findFirst()
                                        .map(code -> PRISMA.get(code.group())));
    }
}

package dev.skein.ops.chaos;

import dev.skein.ops.build.PlanSources;
import dev.skein.ops.source.SourceSettings;
import dev.skein.protocol.plan.Plan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A line of migrations without an end, each with a way back: a table, a change of rows, a column,
 * an index that is built outside of a transaction, and again.
 */
final class FlockMigrations {
    private static final int PATTERNS = 4;

    /** Plain SQL has to say it; Flyway finds it out and reads over the comment. */
    private static final String OUTSIDE = "-- skein: transaction=none\n";

    private final Path directory;

    /**
     * @param directory of the project's files, one below it a kind and length
     */
    FlockMigrations(Path directory) {
        this.directory = directory;
    }

    /** The first so many of them. */
    Plan plan(FlockKind kind, int length) {
        Path project = directory.resolve(kind.label() + "-" + length);
        try {
            Files.createDirectories(project);
            for (int number = 1; number <= length; number++) {
                Files.writeString(project.resolve(kind.up(number)), up(number));
                Files.writeString(project.resolve(kind.down(number)), down(number));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return PlanSources.of(kind.framework()).read(project, SourceSettings.defaults());
    }

    /** Whether it tells of itself: what runs outside of a transaction cannot, in one statement. */
    static boolean isTraced(int number) {
        return number % PATTERNS != 0;
    }

    /** The numbers of those among the first so many that tell of themselves. */
    static List<Integer> traced(int length) {
        return IntStream.rangeClosed(1, length).filter(FlockMigrations::isTraced).boxed().toList();
    }

    static String up(int number) {
        return switch (number % PATTERNS) {
            case 1 ->
                    "create table t_%d (id int primary key);".formatted(number)
                            + trace(number, "up");
            case 2 ->
                    "update counter set visits = visits + 1; select pg_sleep(0.05);"
                            + trace(number, "up");
            case 3 ->
                    trace(number, "up")
                            + "alter table counter add c_%d int; select pg_sleep(0.05);"
                                    .formatted(number);
            default ->
                    OUTSIDE
                            + "create index concurrently i_%d on counter (visits);"
                                    .formatted(number);
        };
    }

    private static String down(int number) {
        return switch (number % PATTERNS) {
            case 1 -> "drop table t_%d;".formatted(number) + trace(number, "down");
            case 2 -> "update counter set visits = visits - 1;" + trace(number, "down");
            case 3 ->
                    trace(number, "down")
                            + "alter table counter drop c_%d; select pg_sleep(0.05);"
                                    .formatted(number);
            default -> OUTSIDE + "drop index concurrently i_%d;".formatted(number);
        };
    }

    private static String trace(int number, String direction) {
        return "insert into trace (migration, direction) values (%d, '%s');"
                .formatted(number, direction);
    }
}

package dev.skein.flyway;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.migration.JavaMigration;

/**
 * The program: {@code up CLASS}.
 *
 * <p>Flyway is shown that class alone, so that it can run nothing else: no other version, no
 * repeatable migration, no callback, no baseline. Exit code 0 if it is applied, 1 if Flyway failed,
 * 2 if the program was called wrongly, 3 if the migration is not pending here.
 */
public final class FlywayRun {
    private static final int FAILED = 1;
    private static final int CALLED_WRONGLY = 2;
    private static final int NOT_PENDING = 3;

    /** Held, since a logger that nobody holds forgets its level. */
    private static final Logger FLYWAY = Logger.getLogger("org.flywaydb");

    private FlywayRun() {}

    /** Ends the process, whatever threads the migration has left. */
    public static void main(String[] arguments) {
        FLYWAY.setLevel(Level.SEVERE);
        System.exit(run(arguments));
    }

    private static int run(String[] arguments) {
        if (arguments.length != 2 || !arguments[0].equals("up")) {
            System.err.println("expects: up CLASS");
            return CALLED_WRONGLY;
        }
        try {
            return apply(arguments[1]);
        } catch (ClassNotFoundException | ClassCastException unfit) {
            System.err.println(
                    "the class path has no Java migration " + arguments[1] + ": " + unfit);
            return CALLED_WRONGLY;
        } catch (FlywayException | LinkageError failed) {
            tell(failed);
            return FAILED;
        }
    }

    private static int apply(String name) throws ClassNotFoundException {
        Class<? extends JavaMigration> migration =
                Class.forName(name, false, FlywayRun.class.getClassLoader())
                        .asSubclass(JavaMigration.class);
        Flyway flyway = OneMigration.of(migration, System.getenv());
        MigrationInfo[] pending = flyway.info().pending();
        if (pending.length != 1) {
            System.err.println("not run, since it is not pending here: " + states(flyway));
            return NOT_PENDING;
        }
        long begun = System.nanoTime();
        System.out.println(name + " begins");
        int applied = flyway.migrate().migrationsExecuted;
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        if (applied != 1) {
            System.err.println("Flyway has applied " + applied + " migrations: " + states(flyway));
            return NOT_PENDING;
        }
        System.out.println(name + " is applied, in " + millis + " ms");
        return 0;
    }

    /** What Flyway says of the migration, which is the only one that it was shown. */
    private static String states(Flyway flyway) {
        return Stream.of(flyway.info().all())
                .filter(each -> !each.getState().name().startsWith("FUTURE"))
                .map(each -> each.getScript() + " " + each.getState().getDisplayName())
                .collect(Collectors.joining(", "));
    }

    /** The causes, the innermost last, and PostgreSQL's code where there is one. */
    private static void tell(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            System.err.println(each.getClass().getName() + ": " + each.getMessage());
            if (each instanceof SQLException sql) {
                System.err.println("SQLSTATE: " + sql.getSQLState());
            }
        }
    }
}

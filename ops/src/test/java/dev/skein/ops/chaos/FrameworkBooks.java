package dev.skein.ops.chaos;

import dev.skein.protocol.codec.Json;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What one framework's version table has to hold once all migrations are there, each once.
 *
 * @param framework whose table it is
 * @param query for what the table holds
 * @param tables that the framework keeps
 */
record FrameworkBooks(Framework framework, String query, List<String> tables) {
    static final FrameworkBooks ALEMBIC =
            new FrameworkBooks(
                    Framework.ALEMBIC,
                    "select version_num from alembic_version",
                    List.of("alembic_version"));

    /** A row that is neither finished nor rolled back would stop Prisma. */
    static final FrameworkBooks PRISMA =
            new FrameworkBooks(
                    Framework.PRISMA,
                    "select concat_ws(' ', migration_name, applied_steps_count, finished_at is not"
                            + " null, rolled_back_at is null) from _prisma_migrations order by"
                            + " migration_name",
                    List.of("_prisma_migrations"));

    /** A lock that is left behind would stop Knex. */
    static final FrameworkBooks KNEX =
            new FrameworkBooks(
                    Framework.KNEX,
                    "select name || ' ' || batch from knex_migrations union all select 'locked ' ||"
                            + " is_locked from knex_migrations_lock order by 1",
                    List.of(
                            "knex_migrations",
                            "knex_migrations_id_seq",
                            "knex_migrations_lock",
                            "knex_migrations_lock_index_seq"));

    /** The migrations of a Flyway plan under names that this framework would give them. */
    Plan of(Plan flyway) {
        List<Migration> migrations = new ArrayList<>();
        for (Migration each : flyway.migrations()) {
            migrations.add(renamed(each, migrations));
        }
        return new Plan(framework, Optional.empty(), migrations);
    }

    private Migration renamed(Migration flyway, List<Migration> before) {
        int number = before.size();
        return new Migration(
                MigrationKind.VERSIONED,
                name(number),
                flyway.description(),
                flyway.script(),
                Optional.of(Json.sha256(name(number))),
                flyway.up(),
                flyway.down(),
                framework == Framework.ALEMBIC
                        ? Optional.of(number == 0 ? List.of() : List.of(name(number - 1)))
                        : Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private String name(int number) {
        return switch (framework) {
            case ALEMBIC -> "%012x".formatted(0xABCDEF - 7919L * number);
            case PRISMA -> "202601010000%02d_step".formatted(number);
            case KNEX -> "202601010000%02d_step.js".formatted(number);
            case SQL, FLYWAY -> throw new IllegalStateException("has a test of its own");
        };
    }

    /** What the query answers once so many migrations are there. */
    List<String> complete(int migrations) {
        return switch (framework) {
            case ALEMBIC -> List.of(name(migrations - 1));
            case PRISMA -> names(migrations, " 1 t t");
            case KNEX -> {
                List<String> rows = new ArrayList<>(names(migrations, " 1"));
                rows.add("locked 0");
                yield rows;
            }
            case SQL, FLYWAY -> throw new IllegalStateException("has a test of its own");
        };
    }

    private List<String> names(int migrations, String ending) {
        return IntStream.range(0, migrations).mapToObj(n -> name(n) + ending).toList();
    }
}

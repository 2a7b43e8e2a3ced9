package dev.skein.ops.system;

import dev.skein.embedded.testing.TestPostgres;
import dev.skein.embedded.testing.TestServers;
import dev.skein.ops.tools.Ran;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** A person who runs Flyway itself on a tenant's database. */
final class FlywayHand {
    /** What {@code create index concurrently} needs under Flyway. */
    private static final Map<String, String> ONE_CONNECTION =
            Map.of("flyway.postgresql.transactional.lock", "false");

    private final Tenant tenant;
    private final Path location;
    private final String schema;

    FlywayHand(Tenant tenant, Migrations migrations) {
        this(tenant, migrations.directory(), "public");
    }

    private FlywayHand(Tenant tenant, Path location, String schema) {
        this.tenant = tenant;
        this.location = location;
        this.schema = schema;
    }

    /** The same for a tenant that is a schema. */
    FlywayHand inSchema(String other) {
        return new FlywayHand(tenant, location, other);
    }

    /** What {@code flyway info} says of one migration, but for times and users. */
    record Line(
            String version,
            String description,
            String type,
            String state,
            String script,
            Integer checksum,
            Integer rank) {
        static Line of(MigrationInfo info) {
            return new Line(
                    Optional.ofNullable(info.getVersion())
                            .map(MigrationVersion::getVersion)
                            .orElse("R"),
                    info.getDescription(),
                    info.getType().name(),
                    info.getState().getDisplayName(),
                    info.getScript(),
                    info.getChecksum(),
                    info.getInstalledRank());
        }

        /** The version with its state, such as {@code 2 Success}. */
        String brief() {
            return version + " " + state;
        }
    }

    List<Line> info() {
        return Stream.of(flyway().info().all()).map(Line::of).toList();
    }

    List<String> states() {
        return info().stream().map(Line::brief).toList();
    }

    /** How many migrations ran. */
    int migrate() {
        return flyway().migrate().migrationsExecuted;
    }

    int migrateTo(String version) {
        return configuration().target(version).load().migrate().migrationsExecuted;
    }

    /** Does not wait for a lock. */
    int migrateAtOnce() {
        return configuration().lockRetryCount(0).load().migrate().migrationsExecuted;
    }

    /** The same as a command ends: with how many migrations ran, or with what Flyway says. */
    Ran runAtOnce() {
        try {
            return new Ran(0, String.valueOf(migrateAtOnce()));
        } catch (FlywayException refused) {
            return new Ran(1, refused.getMessage());
        }
    }

    /** Throws what Flyway says where history and files do not agree. */
    void validate() {
        flyway().validate();
    }

    void validateButForPending() {
        configuration().ignoreMigrationPatterns("*:pending").load().validate();
    }

    void repair() {
        flyway().repair();
    }

    private Flyway flyway() {
        return configuration().load();
    }

    private FluentConfiguration configuration() {
        String url = TestServers.postgres().jdbcUrl(tenant.database()) + "?ApplicationName=flyway";
        FluentConfiguration common =
                Flyway.configure()
                        .dataSource(url, TestPostgres.SUPERUSER, "")
                        .configuration(ONE_CONNECTION);
        Path file = location.resolve("flyway.conf");
        return Files.exists(file)
                ? common.configuration(project(file))
                : common.defaultSchema(schema)
                        .baselineOnMigrate(true)
                        .baselineVersion("0")
                        .locations("filesystem:" + location);
    }

    /** A project's own configuration, its locations made absolute. */
    private Properties project(Path file) {
        Properties properties = new Properties();
        try (Reader text = Files.newBufferedReader(file)) {
            properties.load(text);
        } catch (IOException e) {
            throw new UncheckedIOException("the test's configuration cannot be read", e);
        }
        properties.computeIfPresent(
                "flyway.locations",
                (key, paths) ->
                        paths.toString().replace("filesystem:", "filesystem:" + location + "/"));
        return properties;
    }
}

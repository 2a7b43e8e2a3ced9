package dev.skein.flyway;

import java.io.File;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.configuration.ClassicConfiguration;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.migration.JavaMigration;
import org.flywaydb.core.api.resource.LoadableResource;
import org.flywaydb.core.internal.configuration.ConfigUtils;
import org.flywaydb.core.internal.configuration.TomlUtils;

/**
 * A Flyway with the project's own settings that knows one migration.
 *
 * <p>It works on one connection ({@code postgresql.transactional.lock=false}), so that the
 * migration and its row in the history are one transaction, and an index can be built concurrently.
 * A row above the migration is no obstacle: what comes in which order is decided elsewhere.
 */
final class OneMigration {
    private static final File TOML = new File("flyway.toml");
    private static final File CONF = new File("flyway.conf");

    /** What names other migrations or another database; decided elsewhere. */
    private static final List<String> DECIDED =
            List.of(
                    "flyway.url",
                    "flyway.user",
                    "flyway.password",
                    "flyway.driver",
                    "flyway.locations",
                    "flyway.callbackLocations",
                    "flyway.callbacks",
                    "flyway.resolvers",
                    "flyway.target",
                    "flyway.cherryPick",
                    "flyway.jarDirs");

    private OneMigration() {}

    /**
     * @param environment the process's variables: libpq's name the database, {@code FLYWAY_}… are
     *     settings
     */
    static Flyway of(Class<? extends JavaMigration> migration, Map<String, String> environment) {
        FluentConfiguration settings =
                project(environment)
                        .dataSource(
                                JdbcAddress.of(environment),
                                environment.get("PGUSER"),
                                environment.getOrDefault("PGPASSWORD", ""))
                        .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
                        .locations(new String[0])
                        .resourceProvider(new NoScripts())
                        .javaMigrationClassProvider(() -> List.of(migration))
                        .skipDefaultCallbacks(true)
                        .target("latest")
                        .group(false)
                        .outOfOrder(true)
                        .validateOnMigrate(false)
                        .baselineOnMigrate(false)
                        .createSchemas(false)
                        .cleanDisabled(true)
                        .failOnMissingLocations(false);
        Flyway flyway = settings.load();
        // Flyway adds what it finds in the package db.callback by itself.
        if (flyway.getConfiguration() instanceof ClassicConfiguration own) {
            own.setCallbacks(new Callback[0]);
        }
        return flyway;
    }

    /** From flyway.toml or flyway.conf, and from variables. */
    private static FluentConfiguration project(Map<String, String> environment) {
        FluentConfiguration settings = new FluentConfiguration(OneMigration.class.getClassLoader());
        Optional<String> named = Optional.ofNullable(environment.get("FLYWAY_CONFIG_FILES"));
        File file = named.map(File::new).orElse(TOML.isFile() ? TOML : CONF);
        if (file.getName().endsWith(".toml")) {
            settings.configuration(
                    new ClassicConfiguration(TomlUtils.loadConfigurationFiles(List.of(file))));
        } else {
            settings.configuration(
                    withoutDecided(
                            ConfigUtils.loadConfigurationFile(file, "UTF-8", named.isPresent())));
        }
        return settings.configuration(
                withoutDecided(ConfigUtils.environmentVariablesToPropertyMap()));
    }

    private static Map<String, String> withoutDecided(Map<String, String> given) {
        Map<String, String> left = new TreeMap<>(given);
        left.keySet().removeAll(DECIDED);
        left.keySet().remove(ConfigUtils.CONFIG_FILES);
        return left;
    }

    private static final class NoScripts implements ResourceProvider {
        @Override
        public LoadableResource getResource(String name) {
            return null;
        }

        @Override
        public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
            return List.of();
        }
    }
}

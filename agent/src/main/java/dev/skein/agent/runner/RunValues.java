package dev.skein.agent.runner;

import dev.skein.agent.config.Placeholders;
import dev.skein.agent.config.RunnerConfig;
import dev.skein.agent.config.ServerConfig;
import dev.skein.agent.config.ServerPassword;
import dev.skein.engine.ServerAddress;
import dev.skein.engine.runner.RunRequest;
import dev.skein.engine.sql.SqlText;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.strategy.StepLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a run is told of its database: the placeholders of its configuration, and the variables that
 * libpq and many drivers read by themselves (PostgreSQL, section 34.15).
 */
final class RunValues {
    /** What a program needs of the agent's own environment to be found and to speak. */
    private static final List<String> INHERITED =
            List.of("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR");

    private final ServerConfig server;
    private final RunRequest request;
    private final Map<String, String> plain = new TreeMap<>();
    private final List<String> secrets = new ArrayList<>();

    /** Reads the server's password, perhaps from a file: not for an event loop. */
    RunValues(ServerConfig server, RunRequest request) {
        this.server = server;
        this.request = request;
        ServerAddress address = server.address();
        DatabaseId database = request.database();
        Optional<String> password = server.password().map(ServerPassword::current);
        password.ifPresent(secrets::add);
        plain.put("host", address.host());
        plain.put("port", Integer.toString(address.port()));
        plain.put("user", address.user());
        plain.put("database", database.database());
        plain.put("schema", database.schema().orElse(""));
        plain.put("server", server.name());
        plain.put(Placeholders.MIGRATION, request.step().migration());
        plain.put(Placeholders.DIRECTION, request.direction().label().toLowerCase(Locale.ROOT));
        plain.put(Placeholders.PASSWORD, password.orElse(""));
    }

    String fill(String text) {
        return Placeholders.fill(text, plain, this::qualified);
    }

    private String qualified(String name) {
        int dot = name.indexOf('.');
        String key = name.substring(dot + 1);
        if (name.startsWith("label.")) {
            return server.labels().getOrDefault(key, "");
        }
        String value = Optional.ofNullable(System.getenv(key)).orElse("");
        if (!value.isEmpty()) {
            secrets.add(value);
        }
        return value;
    }

    /** The whole environment of the run; nothing else of the agent's is handed on. */
    Map<String, String> environment(RunnerConfig runner) {
        Map<String, String> environment = new TreeMap<>();
        INHERITED.forEach(
                name ->
                        Optional.ofNullable(System.getenv(name))
                                .ifPresent(value -> environment.put(name, value)));
        environment.put("PGHOST", plain.get("host"));
        environment.put("PGPORT", plain.get("port"));
        environment.put("PGUSER", plain.get("user"));
        environment.put("PGDATABASE", plain.get("database"));
        putTls(environment);
        server.uri().caFile().ifPresent(file -> environment.put("PGSSLROOTCERT", file.toString()));
        if (!plain.get(Placeholders.PASSWORD).isEmpty()) {
            environment.put("PGPASSWORD", plain.get(Placeholders.PASSWORD));
        }
        environment.put("PGAPPNAME", request.applicationName());
        environment.put("PGOPTIONS", options());
        runner.environment().forEach((name, value) -> environment.put(name, fill(value)));
        return environment;
    }

    /** libpq prefers TLS by itself; node-postgres takes the word for a demand. */
    private void putTls(Map<String, String> environment) {
        String mode = server.uri().tls().label();
        if (!mode.equals("prefer")) {
            environment.put("PGSSLMODE", mode);
        }
    }

    private String options() {
        StepLimits limits = request.limits();
        List<String> settings = new ArrayList<>();
        settings.add("lock_timeout=" + millis(limits.lockTimeout()));
        limits.statementTimeout()
                .ifPresent(limit -> settings.add("statement_timeout=" + millis(limit)));
        request.database()
                .schema()
                .ifPresent(
                        schema ->
                                settings.add(
                                        "search_path=" + SqlText.identifier(schema) + ",public"));
        List<String> options = new ArrayList<>();
        settings.forEach(each -> options.add("-c " + each.replaceAll("([\\s\\\\])", "\\\\$1")));
        return String.join(" ", options);
    }

    private static String millis(Duration time) {
        return Long.toString(Math.max(1, time.toMillis()));
    }

    /** What must not be read in its output. */
    List<String> secrets() {
        return List.copyOf(secrets);
    }
}

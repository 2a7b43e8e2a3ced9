package dev.skein.ops.chaos;

import dev.skein.embedded.testing.TestPostgres;
import dev.skein.ops.build.PlanSources;
import dev.skein.ops.dump.SchemaDump;
import dev.skein.ops.rehearse.Scratch;
import dev.skein.ops.source.Delegation;
import dev.skein.ops.source.Recording;
import dev.skein.ops.source.SourceSettings;
import dev.skein.ops.tools.AlembicCommand;
import dev.skein.ops.tools.DatabaseUrl;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Plan;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Tenants with customers of their own, a project of Alembic's of which some revisions are
 * delegated, and beside each tenant a twin that Alembic alone migrates.
 *
 * @param prefix of the databases' names; no other database of the server has it
 */
record RunnerFleet(TestPostgres server, String prefix, int count) {
    /** The last revision before the one that commits in between. */
    static final String MIDDLE = "r6";

    static final String HEAD = "r9";

    private static final Set<String> DELEGATED = Set.of("r2", "r4", "r5", "r7", "r8");
    private static final String RUNNER = "billing";
    private static final int SPARED = 3;
    private static final String RENAME = "update customer set email = replace(email, '%s', '%s')";

    /** Everything that a revision leaves, the order of its doing included. */
    private static final String ROWS =
            """
            select concat_ws(' ', 'customer', id, email) from customer
            union all select concat_ws(' ', 'account', customer, name, visits,
                replace(tenant, '_twin', '')) from account
            union all select concat_ws(' ', 'half', id) from half
            union all select concat_ws(' ', 'version', version_num) from alembic_version
            union all select concat_ws(' ', 'trail', row_number() over (order by id), revision,
                direction) from trail
            order by 1
            """;

    /** Creates tenants and twins; the data of one of them is what a revision refuses. */
    static RunnerFleet create(TestPostgres server, String prefix, int count) {
        RunnerFleet fleet = new RunnerFleet(server, prefix, count);
        for (int n = 1; n <= count; n++) {
            fleet.create(fleet.name(n), n);
            fleet.create(twin(fleet.name(n)), n);
        }
        server.execute(
                fleet.name(SPARED),
                RENAME.formatted("@example.com", "@forbidden.example") + " where id = 2");
        return fleet;
    }

    private void create(String database, int n) {
        server.createDatabase(database);
        server.execute(
                database,
                """
                create table customer (id int primary key, email text not null);
                insert into customer select id, 'tenant%1$d-' || id || '@example.com'
                    from generate_series(1, 2 + %1$d %% 5) as id
                """
                        .formatted(n));
        if (n % 2 == 0) {
            // Here PostgreSQL notices within a statement that its client is gone; elsewhere the
            // session of a program that was killed goes on to the end of its statement.
            server.execute(
                    TestPostgres.SUPERUSER,
                    "alter database "
                            + database
                            + " set client_connection_check_interval = '50ms'");
        }
    }

    /** What a person does about the data that a revision refuses. */
    void mendData(String tenant) {
        server.execute(tenant, RENAME.formatted("@forbidden.example", "@example.com"));
    }

    /** What a person does about a revision that was cut off between its transactions. */
    void mendHalf(String tenant) {
        server.execute(tenant, "delete from half");
    }

    private String name(int n) {
        return "%s_%02d".formatted(prefix, n);
    }

    private static String twin(String tenant) {
        return tenant + "_twin";
    }

    List<String> names() {
        return IntStream.rangeClosed(1, count).mapToObj(this::name).toList();
    }

    /** The tenant in which the long revision takes longest. */
    String slowest() {
        return name(1);
    }

    private static Path project() {
        try {
            return Path.of(RunnerFleet.class.getResource("/chaos/alembic").toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    Plan plan() {
        Recording recording =
                new Recording(
                        Optional.of(AlembicCommand.python().toString()),
                        Optional.empty(),
                        Collections.emptySet(),
                        Optional.of(Scratch.address()));
        Delegation delegation = new Delegation(DELEGATED, Optional.of(RUNNER));
        return PlanSources.of(Framework.ALEMBIC)
                .read(
                        project(),
                        SourceSettings.defaults().withRecording(recording.delegating(delegation)));
    }

    /**
     * An agent's servers and runners, as YAML.
     *
     * @param seconds that the long revision sleeps in the slowest tenant
     */
    String agent(int seconds) {
        String query =
                "select datname as name from pg_database where datname ~ '^" + prefix + "_[0-9]+$'";
        return Deployment.server(Tenants.SERVER, server.uri("postgres"), query)
                + """
                runners:
                  %s:
                    kind: alembic
                    directory: %s
                    command: [%s, -m, alembic, -x, %s]
                    environment:
                      DATABASE_URL: "postgresql+psycopg2://{user}@{host}:{port}/{database}"
                      TENANT: "{database}"
                      SLOWEST: %s
                      SLEEP: "%d"
                """
                        .formatted(
                                RUNNER,
                                project(),
                                AlembicCommand.python(),
                                mark(),
                                slowest(),
                                seconds);
    }

    /** An argument by which the programs of this fleet's runner are found. */
    String mark() {
        return "fleet=" + prefix;
    }

    /** Alembic alone migrates the twins. */
    void twins(String... arguments) {
        for (String tenant : names()) {
            Map<String, String> environment =
                    Map.of("DATABASE_URL", DatabaseUrl.of(twin(tenant)), "TENANT", twin(tenant));
            new AlembicCommand(project(), environment).run(arguments).requireDone();
        }
    }

    /** All rows of a tenant, as text. */
    String rows(String tenant) {
        return strings(tenant);
    }

    String rowsOfTwin(String tenant) {
        return strings(twin(tenant));
    }

    private String strings(String database) {
        StringBuilder text = new StringBuilder();
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(ROWS)) {
            while (rows.next()) {
                text.append(rows.getString(1)).append('\n');
            }
            return text.toString();
        } catch (SQLException failure) {
            throw new AssertionError(database + " does not tell its rows", failure);
        }
    }

    String schema(String tenant) {
        return SchemaDump.of(server, tenant);
    }

    String schemaOfTwin(String tenant) {
        return SchemaDump.of(server, twin(tenant));
    }

    /** Whether a run of the long revision is in its sleep there. */
    boolean sleeps(String tenant) {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "select from pg_stat_activity where state = 'active' and query"
                                        + " like 'select pg_sleep%' and application_name like"
                                        + " 'skein-run/%' and datname = '"
                                        + tenant
                                        + "'")) {
            return rows.next();
        } catch (SQLException failure) {
            throw new AssertionError(tenant + " does not tell who is at work", failure);
        }
    }
}

package dev.skein.ops.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.embedded.testing.TestPostgres;
import dev.skein.embedded.testing.TestServers;
import dev.skein.ops.build.PlanSources;
import dev.skein.ops.source.Delegation;
import dev.skein.ops.source.Recording;
import dev.skein.ops.source.SourceSettings;
import dev.skein.ops.source.flyway.JavaProject;
import dev.skein.protocol.codec.Json;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Plan;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Migrations in Java, run by Flyway under Skein's orders, between scripts. */
class FlywayDelegationIT {
    private static final String ROWS =
            "select string_agg(c::text, ' ' order by id) from customer c";

    @TempDir private static Path directory;

    private static Plan plan;

    @RegisterExtension private final SkeinSystem skein = new SkeinSystem();

    @BeforeAll
    static void build() {
        new JavaProject(directory)
                .script("V1__code.sql", "alter table customer add code text;")
                .migration(
                        "V2__Give_codes",
                        """
                        String tenant = context.getConfiguration().getPlaceholders().get("tenant");
                        try (Statement rows = connection.createStatement();
                                ResultSet row = rows.executeQuery(
                                        "select id, email from customer order by id");
                                PreparedStatement set = connection.prepareStatement(
                                        "update customer set code = ? where id = ?")) {
                            while (row.next()) {
                                if (row.getString(2).contains("forbidden")) {
                                    throw new IllegalStateException(
                                            "customer " + row.getInt(1) + " has no contract");
                                }
                                set.setString(1, tenant.charAt(tenant.length() - 1)
                                        + row.getString(2).substring(0, 3));
                                set.setInt(2, row.getInt(1));
                                set.executeUpdate();
                            }
                        }
                        """)
                .script("V3__item.sql", "create table item (id int primary key, name text);")
                .source(
                        "V4__Index",
                        """
                        public class V4__Index extends BaseJavaMigration {
                            @Override
                            public boolean canExecuteInTransaction() { return false; }
                            @Override
                            public Integer getChecksum() { return 4711; }
                            public void migrate(Context context) throws Exception {
                                try (Statement create = context.getConnection().createStatement()) {
                                    create.execute(
                                        "create index concurrently by_code on customer (code)");
                                }
                            }
                        }
                        """)
                .script("V5__name.sql", "alter table customer add name text;")
                .migration(
                        "V6__Items",
                        """
                        try (Statement s = connection.createStatement()) {
                            for (int i = 0; i < 3; i++) {
                                s.execute("insert into item values (" + i + ", 'item')");
                            }
                            s.execute("select set_config('app.seen', "
                                + "current_setting('application_name'), false)");
                            s.execute("update item set name = 'run' where "
                                + "current_setting('app.seen') ~ '^skein-run/[0-9a-f]{16}$'"
                                + " or current_setting('app.seen') = 'hand'");
                        }
                        """)
                .script("U6__Items.sql", "delete from item;")
                .compile();
        Recording how = Recording.defaults();
        plan =
                PlanSources.of(Framework.FLYWAY)
                        .read(
                                directory,
                                SourceSettings.defaults()
                                        .withRecording(
                                                new Recording(
                                                        how.program(),
                                                        how.environment(),
                                                        how.accepted(),
                                                        how.scratch(),
                                                        new Delegation(
                                                                Set.of("auto"),
                                                                Optional.of("people")))));
    }

    private static ObjectNode runners() {
        ObjectNode runners = Json.mapper().createObjectNode();
        ObjectNode people = runners.putObject("people");
        people.put("kind", "flyway").put("directory", directory.toString());
        people.putArray("command")
                .add(ProcessHandle.current().info().command().orElse("java"))
                .add("-XX:TieredStopAtLevel=1");
        JavaProject.classPath().forEach(people.putArray("class-path")::add);
        people.putObject("environment").put("FLYWAY_PLACEHOLDERS_TENANT", "{database}");
        return runners;
    }

    /** Flyway as the team runs it, in this process. */
    private static Flyway flyway(Tenant tenant, String target) {
        URL[] own =
                Stream.of("target/classes/", "src/main/resources/")
                        .map(directory::resolve)
                        .map(FlywayDelegationIT::url)
                        .toArray(URL[]::new);
        ClassLoader loader = new URLClassLoader(own, FlywayDelegationIT.class.getClassLoader());
        return Flyway.configure(loader)
                .dataSource(
                        TestServers.postgres().jdbcUrl(tenant.database()) + "?ApplicationName=hand",
                        TestPostgres.SUPERUSER,
                        "")
                .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
                .placeholders(Map.of("tenant", tenant.database()))
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .locations("classpath:db/migration")
                .target(target)
                .load();
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<FlywayHand.Line> info(Tenant tenant) {
        return Stream.of(flyway(tenant, "latest").info().all()).map(FlywayHand.Line::of).toList();
    }

    /** Taken over from Flyway, which has run the first script. */
    private Tenant tenant(String name) {
        Tenant tenant = skein.tenant(name);
        flyway(tenant, "1").migrate();
        return tenant;
    }

    @Test
    void endsWhereFlywayAloneDoesAndTakesBackByScript() {
        // given
        Tenant first = tenant("xa");
        Tenant second = tenant("xb");
        Tenant twin = skein.unannounced("ya");
        flyway(twin, "latest").migrate();
        skein.startOrchestrator();
        skein.startAgentWith(runners());
        // when
        Rollout rollout = skein.open(plan, RolloutStrategies.ALL);
        rollout.awaitCompleted();
        // then
        assertThat(info(first)).isEqualTo(info(twin));
        assertThatCode(flyway(first, "latest")::validate).doesNotThrowAnyException();
        assertThat(first.schema()).isEqualTo(twin.schema());
        assertThat(first.text(ROWS)).isEqualTo(twin.text(ROWS)).contains("acus");
        assertThat(second.text(ROWS)).contains("bcus");
        assertThat(second.text("select count(*) from item where name = 'run'")).isEqualTo("3");
        // when
        rollout.verb("rollback", "{ all: true, to: '5' }");
        rollout.awaitPhase("rolled-back");
        // then
        assertThat(first.text("select count(*) from item")).isEqualTo("0");
        assertThat(info(first))
                .extracting(FlywayHand.Line::brief)
                .contains("4 Success", "5 Success", "6 Pending");
    }

    @Test
    void failureOverOneTenantsDataIsToldAndRetried() {
        // given
        Tenant tenant = tenant("xa");
        tenant.execute("update customer set email = 'forbidden' where id = 3");
        skein.startOrchestrator();
        skein.startAgentWith(runners());
        // when
        Rollout rollout = skein.open(plan, RolloutStrategies.ALL);
        rollout.awaitPhase("paused");
        // then
        assertThat(rollout.reason(tenant))
                .contains("by 'people' ended with exit code 1", "customer 3 has no contract");
        assertThat(tenant.text("select count(*) from customer where code is not null"))
                .isEqualTo("0");
        // when
        tenant.execute("update customer set email = 'late' where id = 3");
        rollout.verb("retry", "{}");
        rollout.awaitCompleted();
        // then
        assertThat(info(tenant)).extracting(FlywayHand.Line::brief).contains("6 Success");
    }
}

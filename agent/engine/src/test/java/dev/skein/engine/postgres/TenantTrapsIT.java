package dev.skein.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.strategy.StepLimits;
import io.vertx.pgclient.PgConnection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever Skein sends to a tenant's database of its own accord calls nothing that the tenant may
 * have planted there ({@link Lookalikes}), and all that it sends is known: {@code statements.txt}
 * beside this class has a line for each statement that was seen under the traps. A statement that
 * it does not have, or that nothing sends any more, fails the test.
 */
final class TenantTrapsIT {
    private static final String LISTED = "statements.txt";
    private static final Path SEEN = Path.of("target", LISTED);
    private static final StepLimits LIMITS =
            new StepLimits(Duration.ofSeconds(5), Optional.empty(), Duration.ZERO, 1);

    private static Lookalikes lookalikes;

    @BeforeAll
    static void plant() {
        lookalikes = Lookalikes.plant();
    }

    /** What Skein sends while the fixture is used. */
    private static List<StatementRecorder.Sent> sent(Consumer<ExecutionFixture> use) {
        try (ExecutionFixture fixture = lookalikes.copy();
                StatementRecorder recorder = StatementRecorder.inFrontOf(fixture.server.port())) {
            use.accept(fixture.port(recorder.port()));
            return recorder.ours().toList();
        }
    }

    @Test
    void nothingOfTheTenantsIsCalledByAnyStatementOfSkeins() throws IOException {
        SortedSet<String> seen = new TreeSet<>();
        for (Map.Entry<String, Consumer<ExecutionFixture>> each : TrapScenarios.all().entrySet()) {
            List<StatementRecorder.Sent> sent = sent(each.getValue());
            assertThat(sent)
                    .as(each.getKey())
                    .filteredOn(text -> !text.caught().isEmpty())
                    .isEmpty();
            sent.forEach(text -> seen.addAll(StatementShape.of(nameless(text.sql()))));
        }
        Files.write(SEEN, seen);
        SortedSet<String> listed = listed();
        assertThat(minus(seen, listed))
                .as("Seen under the traps for the first time; add to %s, from %s", LISTED, SEEN)
                .isEmpty();
        assertThat(minus(listed, seen))
                .as("Not sent any more; take out of %s, or add to TrapScenarios", LISTED)
                .isEmpty();
    }

    private static String nameless(String sql) {
        return sql.replaceAll(Lookalikes.COPY + "_\\d+", "tenant");
    }

    private static SortedSet<String> minus(SortedSet<String> from, SortedSet<String> these) {
        SortedSet<String> left = new TreeSet<>(from);
        left.removeAll(these);
        return left;
    }

    private static SortedSet<String> listed() throws IOException {
        try (InputStream in = TenantTrapsIT.class.getResourceAsStream(LISTED)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new TreeSet<>(text.lines().toList());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1 from pg_class",
                "select to_regclass('x')",
                "select now()",
                "select max(a) from (values (1)) v (a)",
                "select 'a'::text",
                "select 1::oid",
                "select 1 + 1",
                "select 1 where 'a'::varchar = 'b'",
                "select 1 where 'a'::varchar(3) in ('b', 'c')",
                "select case 'a'::name when 'b' then 1 end",
                "select 1 where 'a'::pg_catalog.text like 'b'",
                "select nullif('a'::pg_catalog.text, 'b')",
                "insert into own values (1)"
            })
    void trapsCatchWhatIsNotOnItsGuard(String statement) {
        List<StatementRecorder.Sent> sent =
                sent(
                        fixture -> {
                            PgConnection connection =
                                    ExecutionFixture.await(
                                            fixture.connections.open(
                                                    fixture.database, "skein/test", LIMITS));
                            ExecutionFixture.await(
                                    connection
                                            .query("begin read write; " + statement)
                                            .execute()
                                            .<Void>mapEmpty()
                                            .otherwiseEmpty());
                            ExecutionFixture.await(connection.close());
                        });
        assertThat(sent)
                .filteredOn(text -> text.sql().endsWith(statement))
                .flatExtracting(StatementRecorder.Sent::caught)
                .isNotEmpty()
                .allMatch(said -> said.endsWith(" as " + Lookalikes.AGENT));
    }

    @Test
    void trapsStandBesideAllThatPostgresBrings() {
        assertThat(lookalikes.count("pg_proc", "pronamespace")).isGreaterThan(4_000);
        assertThat(lookalikes.count("pg_operator", "oprnamespace")).isGreaterThan(1_000);
        assertThat(lookalikes.count("pg_type", "typtype = 'd' and typnamespace")).isGreaterThan(50);
        assertThat(lookalikes.count("pg_class", "relkind = 'v' and relnamespace"))
                .isGreaterThan(100);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create event trigger trap on ddl_command_start execute function public.trap()",
                "create cast (varchar as integer) with function public.cast_(varchar) as implicit",
                "create operator class public.trap default for type varchar using btree as"
                        + " function 1 public.compare(varchar, varchar)",
                "create function public.c() returns int language c as 'a', 'b'",
                "create trigger trap before insert on skein.ledger for each row"
                        + " execute function public.fired()",
                "create rule trap as on insert to skein.ledger do also select 1",
                "create table public.heir () inherits (skein.ledger)",
                "create policy trap on skein.target using (true)",
                "alter database %s set session_preload_libraries = 'x'"
            })
    void ownerIsNotLetPlantTheRest(String trap) throws SQLException {
        try (ExecutionFixture fixture = lookalikes.copy()) {
            fixture.apply(TrapScenarios.plan(Framework.SQL));
            try (Connection connection = fixture.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("set session authorization " + Lookalikes.OWNER);
                statement.execute(
                        "create function public.trap() returns event_trigger language plpgsql as"
                                + " 'begin end'; create function public.cast_(varchar) returns"
                                + " integer language sql as 'select 1'; create function"
                                + " public.compare(varchar, varchar) returns integer language sql"
                                + " as 'select 1'");
                assertThatThrownBy(() -> statement.execute(trap.formatted(fixture.name)))
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                refused -> assertThat(refused.getSQLState()).isEqualTo("42501"));
            }
        }
    }
}

package dev.skein.agent.discovery;

import static dev.skein.agent.discovery.Servers.found;
import static dev.skein.agent.discovery.Servers.named;
import static dev.skein.agent.discovery.Servers.queried;
import static dev.skein.agent.discovery.Servers.row;
import static dev.skein.agent.discovery.Servers.schemas;
import static dev.skein.agent.discovery.Servers.server;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.config.DatabaseSource;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ServerDiscoveryTest {
    private final Map<String, List<Map<String, String>>> answers = new TreeMap<>();

    @Test
    void sourcesAreMergedAndTheFirstOnesLabelsWin() {
        // given
        databases("acme", "t_1", "t_2");
        answer("postgres", List.of(row("name", "acme", "label.tier", "free", "label.plan", "b")));
        Discovery discovery = discovery(named("acme", "tier", "enterprise"), queried("q"));

        // when
        Inventory inventory = look(discovery);

        // then
        assertThat(found(inventory))
                .containsExactly("pg-1/acme {plan=b, region=eu, tier=enterprise}");
        assertThat(inventory.problem()).isEmpty();
    }

    @Test
    void aQueryGivesNamesAndLabels() {
        // given
        databases("t_1", "t_2");
        answer("postgres", List.of(row("name", "t_2"), row("name", "t_1", "label.tier", "free")));

        // when
        Inventory inventory = look(discovery(queried("q", "product", "billing")));

        // then
        assertThat(found(inventory))
                .containsExactly(
                        "pg-1/t_1 {product=billing, region=eu, tier=free}",
                        "pg-1/t_2 {product=billing, region=eu}");
    }

    @Test
    void schemasOfOneDatabaseAreTargetsOfTheirOwn() {
        // given
        databases("shared");
        schemasOf("shared", "t_1", "t_2", "public");
        answer("shared", List.of(row("name", "t_1"), row("name", "t_2")));

        // when
        Inventory inventory = look(discovery(schemas("shared", "q")));

        // then
        assertThat(found(inventory))
                .containsExactly("pg-1/shared/t_1 {region=eu}", "pg-1/shared/t_2 {region=eu}");
    }

    @Test
    void aNamedDatabaseThatIsNotThereIsAProblemAndLeftOut() {
        // given
        databases("acme");

        // when
        Inventory inventory = look(discovery(named("acme"), named("amce")));

        // then
        assertThat(found(inventory)).containsExactly("pg-1/acme {region=eu}");
        assertThat(inventory.problem())
                .contains("the configuration names the database 'amce', which is not there");
    }

    @Test
    void namesThatCannotBeIdsAreProblems() {
        // given
        databases("a/b", "fine");
        answer("postgres", List.of(row("name", "a/b"), row("name", "fine"), row("label.x", "y")));

        // when
        Inventory inventory = look(discovery(queried("q")));

        // then
        assertThat(found(inventory)).containsExactly("pg-1/fine {region=eu}");
        assertThat(inventory.problem().orElseThrow())
                .contains("database 'a/b' cannot be a target")
                .contains("query \"q\" gives a row without a name");
    }

    @Test
    void namesWithControlCharactersAreRefusedAndShown() {
        // given
        databases("fine", "c0\u001b[31m", "c1\u009b31m", "del\u007f", "two\nlines");
        answer(
                "postgres",
                List.of(
                        row("name", "fine"),
                        row("name", "c0\u001b[31m"),
                        row("name", "c1\u009b31m"),
                        row("name", "del\u007f"),
                        row("name", "two\nlines"),
                        row("name", "not\u009bthere")));

        // when
        Inventory inventory = look(discovery(queried("q")));

        // then
        assertThat(found(inventory)).containsExactly("pg-1/fine {region=eu}");
        assertThat(inventory.problem().orElseThrow())
                .contains("database 'c0\\x1b[31m' has a control character")
                .contains("'c1\\x9b31m'", "'del\\x7f'", "'two\\nlines'", "'not\\x9bthere'")
                .matches("[^\\p{Cc}]*");
    }

    @Test
    void aColumnThatIsNeitherNameNorLabelIsAProblem() {
        // given
        databases("acme");
        answer("postgres", List.of(row("name", "acme", "tier", "free")));

        // when
        Inventory inventory = look(discovery(queried("q")));

        // then
        assertThat(found(inventory)).containsExactly("pg-1/acme {region=eu}");
        assertThat(inventory.problem())
                .contains("query \"q\" gives a column 'tier', which is neither name nor label.…");
    }

    @Test
    void aSourceThatCannotBeAskedKeepsWhatItGave() {
        // given
        databases("acme", "t_1");
        answer("postgres", List.of(row("name", "t_1")));
        Discovery discovery = discovery(named("acme"), queried("q"));
        look(discovery);

        // when
        answers.remove("postgres:q");
        databases("t_1");
        Inventory inventory = look(discovery);

        // then
        assertThat(found(inventory)).containsExactly("pg-1/t_1 {region=eu}");
        assertThat(inventory.problem().orElseThrow()).contains("query \"q\" failed: no answer");
    }

    @Test
    void aServerThatCannotBeAskedKeepsItsDatabases() {
        // given
        databases("acme");
        Discovery discovery = discovery(named("acme"));
        look(discovery);

        // when
        answers.clear();
        Inventory inventory = look(discovery);

        // then
        assertThat(found(inventory)).containsExactly("pg-1/acme {region=eu}");
        assertThat(inventory.problem())
                .contains("server pg-1 at skein@db-1:5432/postgres cannot be asked: no answer");
    }

    @Test
    void aServerThatNeverAnsweredHasNoDatabases() {
        // when
        Inventory inventory = look(discovery(named("acme")));

        // then
        assertThat(inventory.databases()).isEmpty();
        assertThat(inventory.problem()).isPresent();
    }

    @Test
    void manyProblemsAreShortened() {
        // given
        databases();
        List<DatabaseSource> sources = new ArrayList<>();
        for (int number = 10; number < 25; number++) {
            sources.add(named("t_" + number));
        }

        // when
        Inventory inventory = look(discovery(sources.toArray(DatabaseSource[]::new)));

        // then
        assertThat(inventory.problem().orElseThrow()).endsWith("; and 5 more");
    }

    private Discovery discovery(DatabaseSource... sources) {
        return new ServerDiscovery(
                server("postgresql://skein@db-1/postgres", sources), this::select);
    }

    private Future<List<Map<String, String>>> select(String database, String query) {
        List<Map<String, String>> rows = answers.get(database + ":" + query);
        return rows == null
                ? Future.failedFuture(new IllegalStateException("no answer"))
                : Future.succeededFuture(rows);
    }

    private static Inventory look(Discovery discovery) {
        return discovery.look().result();
    }

    private void databases(String... names) {
        answers.put("postgres:" + SourceReader.DATABASES, rows(names));
    }

    private void schemasOf(String database, String... names) {
        answers.put(database + ":" + SourceReader.SCHEMAS, rows(names));
    }

    /** What the query {@code q} gives in the database. */
    private void answer(String database, List<Map<String, String>> rows) {
        answers.put(database + ":q", rows);
    }

    private static List<Map<String, String>> rows(String... names) {
        List<Map<String, String>> rows = new ArrayList<>();
        for (String name : names) {
            rows.add(row("name", name));
        }
        return rows;
    }
}

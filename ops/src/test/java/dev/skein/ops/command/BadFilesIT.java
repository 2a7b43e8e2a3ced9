package dev.skein.ops.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that a person got wrong; none of these calls reaches a server. */
class BadFilesIT {
    private static final String NOBODY = "http://127.0.0.1:1";
    private static final String SERVER =
            "servers:\n  - name: pg\n    uri: postgresql://ann@127.0.0.1:1/postgres\n";

    @TempDir private Path directory;

    private String file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text).toString();
    }

    private Said build(String format) {
        String plan = directory.resolve("plan.json").toString();
        return Said.by("plan", "build", directory.toString(), "--format", format, "-o", plan);
    }

    @ParameterizedTest
    @ValueSource(strings = {"agent", "orchestrator", "standalone"})
    void unreadableYamlIsNamedWithItsLine(String command) throws IOException {
        String config = file("broken.yaml", "agent: eu-1\nservers: [1,\n");
        Said.by(command, "--config", config).refused("broken.yaml: line ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"agent", "orchestrator", "standalone"})
    void missingConfigurationIsNamed(String command) {
        Said.by(command, "--config", "no-such.yaml")
                .refused("skein: no-such.yaml: the file does not exist");
    }

    @Test
    void unknownKeyIsNamedWithItsPlace() throws IOException {
        String config = file("agent.yaml", "agent: eu-1\n" + SERVER + "    colour: red\n");
        Said.by("agent", "--config", config).refused("servers[0].colour: is not a known key");
    }

    @Test
    void missingPasswordFileIsNamedWithItsKey() throws IOException {
        String password = "    password: { file: /no/such/password }\n";
        String config = file("agent.yaml", "agent: eu-1\n" + SERVER + password);
        Said.by("agent", "--config", config)
                .refused("servers[0].password: file /no/such/password does not exist");
    }

    @Test
    void standaloneReportsTheProblemsOfBothItsParts() throws IOException {
        String config = file("both.yaml", "http: { port: 70000 }\n" + SERVER + "    colour: red\n");
        Said.by("standalone", "--config", config)
                .refused("both.yaml has ", "http.port: ", "servers[0].colour: ");
    }

    @Test
    void standaloneHasNoUseForAKafkaSection() throws IOException {
        String config = file("own.yaml", "kafka: { bootstrap-servers: 'k:1' }\n" + SERVER);
        Said.by("standalone", "--config", config).refused("keeps its own Kafka");
    }

    @Test
    void unknownFormatIsRefusedWithTheKnownOnes() {
        build("liquibase").refused("--format 'liquibase' is unknown", "sql, flyway");
    }

    @Test
    void missingDirectoryIsNamed() {
        Said.by("plan", "build", "/no/such", "--format", "sql", "-o", "plan.json")
                .refused("/no/such: the directory cannot be read: it does not exist");
    }

    @Test
    void twoMigrationsWithOneVersionAreRefused() throws IOException {
        file("0001_one.up.sql", "create table a ();");
        file("0001_other.up.sql", "create table b ();");
        build("sql").refused("0001_one.up.sql", "0001_other.up.sql");
    }

    @Test
    void gapIsRefused() throws IOException {
        file("0001_one.up.sql", "create table a ();");
        file("0003_three.up.sql", "create table c ();");
        build("sql").refused("2");
    }

    @Test
    void commandsOfPsqlAreRefusedWithFileAndLine() throws IOException {
        file("0001_one.up.sql", "create table a ();\n\\copy a from stdin\n");
        build("sql").refused("0001_one.up.sql:2");
    }

    @Test
    void planFileThatIsNoneIsRefused() throws IOException {
        String plan = file("plan.json", "{\"migrations\": 7}");
        Said.by("plan", "show", plan).refused("plan.json is no plan file");
    }

    @Test
    void planThatCannotBeWrittenIsAFailure() throws IOException {
        file("0001_one.up.sql", "create table a ();");
        String nowhere = directory.resolve("no/such/plan.json").toString();
        Said said =
                Said.by("plan", "build", directory.toString(), "--format", "sql", "-o", nowhere);
        assertThat(said.endedWith(1).err())
                .contains("plan.json cannot be written: its directory does not exist");
    }

    @Test
    void unreadableStrategyIsNamedWithItsLine() throws IOException {
        String strategy = file("strategy.yaml", "waves: [\n");
        Said.by("rollout", "open", "--plan", "12345678", "--strategy", strategy)
                .refused("strategy.yaml: line ");
    }

    @Test
    void missingTokenFileIsNamed() {
        Said.by("fleet", "--server", NOBODY, "--token-file", "/no/such/token")
                .refused("--token-file /no/such/token cannot be read");
    }

    @Test
    void serverThatDoesNotAnswerIsAFailureWithAdvice() {
        Said said = Said.by("fleet", "--server", NOBODY).endedWith(1);
        assertThat(said.err())
                .startsWith("skein: No Skein server answers at " + NOBODY)
                .contains("skein standalone", "--server");
    }
}

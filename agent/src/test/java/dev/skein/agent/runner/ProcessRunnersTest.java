package dev.skein.agent.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.agent.config.RunnerConfig;
import dev.skein.agent.config.RunnerKind;
import dev.skein.agent.config.ServerConfig;
import dev.skein.engine.ServerUri;
import dev.skein.engine.runner.RunEnd;
import dev.skein.engine.runner.RunRequest;
import dev.skein.protocol.Sha256;
import dev.skein.protocol.event.Direction;
import dev.skein.protocol.event.StepFailure;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.plan.Atomicity;
import dev.skein.protocol.plan.DelegatedStep;
import dev.skein.protocol.strategy.StepLimits;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs with programs of the shell in place of a framework. */
class ProcessRunnersTest {
    private static final DatabaseId DATABASE = DatabaseId.of("pg-1", "shop", "t 1");
    private static final Set<String> PASSING = Set.of("40P01", "55P03");
    private static final int SECONDS_MAX = 60;

    @TempDir private Path directory;

    private final Vertx vertx = Vertx.vertx();
    @TempDir private Path temporary;
    private Duration timeLimit = Duration.ofMinutes(1);
    private OptionalLong memoryMax = OptionalLong.empty();
    private Optional<String> user = Optional.empty();
    private List<String> program = List.of("sh", "program.sh");

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.await(SECONDS_MAX, TimeUnit.SECONDS);
    }

    private Path runs() {
        return temporary.resolve("runs");
    }

    private ProcessRunners runners(RunnerKind kind, String script) throws IOException {
        Files.writeString(directory.resolve("program.sh"), script);
        SortedMap<String, String> environment = new TreeMap<>();
        environment.put("URL", "postgresql://{user}:secret%word@{host}/{database}");
        environment.put("TENANT", "{schema}");
        RunnerConfig runner =
                new RunnerConfig(
                        "billing",
                        kind,
                        directory,
                        program,
                        List.of(),
                        environment,
                        memoryMax,
                        timeLimit,
                        Duration.ofMillis(200),
                        user);
        ServerConfig server =
                new ServerConfig(
                        "pg-1",
                        ServerUri.parse("postgresql://ann@db.example:5433/postgres"),
                        Optional.empty(),
                        1,
                        new TreeMap<>(),
                        List.of());
        SortedMap<String, RunnerConfig> all = new TreeMap<>();
        all.put("billing", runner);
        return new ProcessRunners(vertx, runs(), all, List.of(server), PASSING::contains);
    }

    private static RunRequest request(DelegatedStep step, Direction direction) {
        return new RunRequest(step, direction, DATABASE, "skein-run/1", StepLimits.defaults());
    }

    private static DelegatedStep step(String migration) {
        return step(migration, true, new TreeMap<>());
    }

    private static DelegatedStep step(
            String migration, boolean recordsVersion, SortedMap<String, String> files) {
        return new DelegatedStep(
                "billing",
                migration,
                Optional.of("b1@a1"),
                recordsVersion,
                Atomicity.ATOMIC,
                files,
                "it reads rows");
    }

    private static RunEnd up(ProcessRunners runners, DelegatedStep step) throws Exception {
        return await(runners.start(request(step, Direction.UP)).ended());
    }

    private StepFailure failure(RunnerKind kind, String script, DelegatedStep step)
            throws Exception {
        return up(runners(kind, script), step).failure().orElseThrow();
    }

    @Test
    void commandGetsItsMigrationAsOneArgumentThatNoShellReads() throws Exception {
        String hostile = "b1; touch $(echo x) `id` | y";

        ProcessRunners runners = runners(RunnerKind.ALEMBIC, "printf '<%s>' \"$@\"");

        assertThat(up(runners, step(hostile)).output())
                .isEqualTo("<upgrade><b1; touch $(echo x) `id` | y>");
        assertThat(await(runners.start(request(step("b1"), Direction.DOWN)).ended()).output())
                .isEqualTo("<downgrade><b1@a1>");
        assertThat(up(runners(RunnerKind.KNEX, "echo \"$@\""), step("1_a.js")).output())
                .isEqualTo("migrate:up 1_a.js");
        assertThat(directory).isDirectoryNotContaining("glob:**/x");
    }

    @Test
    void runKnowsItsDatabaseAndNothingElseOfTheAgents() throws Exception {
        String output = up(runners(RunnerKind.KNEX, "env | sort"), step("1")).output();

        assertThat(output.lines())
                .contains(
                        "PGHOST=db.example",
                        "PGPORT=5433",
                        "PGUSER=ann",
                        "PGDATABASE=shop",
                        "PGAPPNAME=skein-run/1",
                        "PGOPTIONS=-c lock_timeout=2000 -c search_path=\"t\\ 1\",public",
                        "TENANT=t 1",
                        "URL=postgresql://ann:***@db.example/shop")
                .allMatch(
                        line ->
                                line.matches(
                                        "(PG[A-Z]+|URL|TENANT|PATH|HOME|LANG|LC_ALL|TZ|TMPDIR|PWD"
                                                + "|SHLVL|_|OLDPWD)=.*"));
    }

    @Test
    void failureTellsTheExitCodeAndTheLastLinesWithoutControlCharacters() throws Exception {
        StepFailure failure =
                failure(
                        RunnerKind.KNEX,
                        "printf 'one\\n\\033[31mred\\007\\n'; echo \"code: '40P01',\" >&2; exit 3",
                        step("1"));

        assertThat(failure.code()).isEqualTo("runner-failed");
        assertThat(failure.message())
                .isEqualTo(
                        "the run by 'billing' ended with exit code 3; it printed: one | red | code:"
                                + " '40P01',");
        assertThat(failure.sqlState()).contains("40P01");
        assertThat(failure.passing()).isTrue();
        assertThat(
                        failure(
                                        RunnerKind.KNEX,
                                        "echo 'psycopg2.errors.LockNotAvailable: x'; exit 1",
                                        step("1"))
                                .passing())
                .isTrue();
        assertThat(failure(RunnerKind.KNEX, "echo no; exit 1", step("1")).passing()).isFalse();
    }

    @Test
    void outputIsBoundedAndNeverHoldsTheRunUp() throws Exception {
        RunEnd end =
                up(
                        runners(
                                RunnerKind.KNEX,
                                "i=0; while [ $i -lt 30000 ]; do echo \"line $i of many\";"
                                        + " i=$((i+1)); done"),
                        step("1"));

        assertThat(end.failure()).isEmpty();
        assertThat(end.output()).hasSizeLessThan(9_000).endsWith("line 29999 of many");
    }

    @Test
    void timeLimitEndsAllProcessesOfARun() throws Exception {
        timeLimit = Duration.ofMillis(500);
        Path child = directory.resolve("child");

        StepFailure failure =
                failure(
                        RunnerKind.KNEX,
                        "trap '' TERM; sh -c \"trap '' TERM; sleep 600\" & echo $! > child; wait",
                        step("1"));

        assertThat(failure.code()).isEqualTo("runner-timeout");
        long pid = Long.parseLong(Files.readString(child).strip());
        ProcessHandle.of(pid)
                .ifPresent(left -> left.onExit().orTimeout(9, TimeUnit.SECONDS).join());
    }

    @Test
    void stopEndsARun() throws Exception {
        ProcessRunners runners = runners(RunnerKind.KNEX, "echo begun; sleep 600");
        var run = runners.start(request(step("1"), Direction.UP));

        run.stop();

        assertThat(await(run.ended()).failure().orElseThrow().code()).isEqualTo("runner-stopped");
    }

    @Test
    void runThatOutlivesItsAgentIsAwaitedByTheNext() throws Exception {
        Path gate = directory.resolve("gate");
        String script = "while [ ! -e gate ]; do sleep 0.05; done";
        var run = runners(RunnerKind.KNEX, script).start(request(step("1"), Direction.UP));
        RunRecords records = new RunRecords(runs());
        while (records.find(DATABASE).isEmpty()) {
            Thread.onSpinWait();
        }
        // when
        Future<Void> earlier = runners(RunnerKind.KNEX, script).earlierEnded(DATABASE);
        // then
        assertThat(earlier.isComplete()).isFalse();
        Files.writeString(gate, "");
        await(earlier);
        assertThat(await(run.ended()).failure()).isEmpty();
        assertThat(records.find(DATABASE)).isEmpty();
    }

    @Test
    void whatIsNotAsThePlanSaysIsNotRun() throws Exception {
        SortedMap<String, String> files = new TreeMap<>();
        files.put("a.py", Sha256.hex("x".getBytes()));
        files.put("gone.py", Sha256.hex("y".getBytes()));
        Files.writeString(directory.resolve("a.py"), "x");

        StepFailure failure = failure(RunnerKind.KNEX, "echo ran > ran", step("1", true, files));

        assertThat(failure.code()).isEqualTo("runner-differs");
        assertThat(failure.message())
                .contains("one file is not as the plan was built from: gone.py");
        assertThat(directory.resolve("ran")).doesNotExist();
        StepFailure kind = failure(RunnerKind.COMMAND, "echo ran > ran", step("1"));
        assertThat(kind.code()).isEqualTo("no-runner");
        assertThat(kind.message()).contains("is of kind command, and the plan wants one that");
    }

    @Test
    void memoryIsBoundedAndAnUnknownUserIsNamed() throws Exception {
        memoryMax = OptionalLong.of(64 << 20);
        assertThat(up(runners(RunnerKind.KNEX, "ulimit -v"), step("1")).output())
                .isEqualTo(Integer.toString(64 << 10));
        user = Optional.of("nobody-of-this-name");
        StepFailure failure = failure(RunnerKind.KNEX, "id -un", step("1"));
        assertThat(failure.code()).isEqualTo("runner-unfit");
        assertThat(failure.message()).contains("as-user: ", "nobody-of-this-name");
    }

    @Test
    void programOfTheTeamIsCalledWithDirectionAndName() throws Exception {
        ProcessRunners runners = runners(RunnerKind.COMMAND, "printf '<%s>' \"$@\"");
        DelegatedStep step = step("1 a", false, new TreeMap<>());

        assertThat(up(runners, step).output()).isEqualTo("<up><1 a>");
        assertThat(await(runners.start(request(step, Direction.DOWN)).ended()).output())
                .isEqualTo("<down><1 a>");
    }

    @Test
    void commandSaysWhereTheMigrationsNameGoes() throws Exception {
        program = List.of("sh", "program.sh", "--file={migration}", "{direction}");
        String name = "a b; touch x $(y)/`m`.ts";
        SortedMap<String, String> files = new TreeMap<>();
        files.put(name, Sha256.hex("x".getBytes()));
        Files.createDirectories(directory.resolve(name).getParent());
        Files.writeString(directory.resolve(name), "x");
        ProcessRunners runners = runners(RunnerKind.COMMAND, "printf '<%s>' \"$@\"");

        assertThat(up(runners, step(name, false, files)).output())
                .isEqualTo("<--file=" + name + "><up>");
        StepFailure unknown = up(runners, step("other.ts", false, files)).failure().orElseThrow();
        assertThat(unknown.code()).isEqualTo("runner-unfit");
        assertThat(unknown.message()).contains("no digest of 'other.ts'");
    }

    @Test
    void runnerThatIsNotThereIsNamed() throws Exception {
        ProcessRunners none =
                new ProcessRunners(vertx, runs(), new TreeMap<>(), List.of(), PASSING::contains);

        StepFailure absent = up(none, step("1")).failure().orElseThrow();

        assertThat(absent.code()).isEqualTo("no-runner");
        assertThat(absent.message()).contains("the agent has no runner 'billing'");
        assertThat(none.timeLimit("billing")).isZero();
    }

    @Test
    void programThatIsNotThereIsNamed() throws Exception {
        program = List.of("./absent");

        StepFailure failure = failure(RunnerKind.KNEX, "", step("1"));

        assertThat(failure.message()).contains("./absent");
        assertThat(failure.code()).isEqualTo("runner-unfit");
    }

    @Test
    void fileBehindALinkOutOfTheDirectoryIsNotThePlans(@TempDir Path elsewhere) throws Exception {
        Path outside = Files.writeString(elsewhere.resolve("a.py"), "x");
        Files.createSymbolicLink(directory.resolve("a.py"), outside);
        SortedMap<String, String> files = new TreeMap<>();
        files.put("a.py", Sha256.hex("x".getBytes()));

        StepFailure failure = failure(RunnerKind.KNEX, "echo ran > ran", step("1", true, files));

        assertThat(failure.code()).isEqualTo("runner-differs");
        assertThat(failure.message()).contains("a.py");
        assertThat(directory.resolve("ran")).doesNotExist();
    }

    @Test
    void directoryThatOthersCanChangeIsRefusedByName() throws Exception {
        Files.createDirectory(runs());
        Files.setPosixFilePermissions(runs(), PosixFilePermissions.fromString("rwxrwxrwx"));

        StepFailure failure = failure(RunnerKind.KNEX, "echo ran > ran", step("1"));

        assertThat(failure.code()).isEqualTo("runner-unfit");
        assertThat(failure.message())
                .contains(runs() + ", may be read or written by others (rwxrwxrwx")
                .contains("runs-directory");
        assertThat(directory.resolve("ran")).doesNotExist();
        assertThatThrownBy(() -> await(runners(RunnerKind.KNEX, "").earlierEnded(DATABASE)))
                .hasMessageContaining(runs().toString());
    }

    @Test
    void databaseOfAnotherServerIsNotWaitedForForEver() throws Exception {
        DatabaseId other = DatabaseId.of("pg-2", "shop");
        RunRequest request =
                new RunRequest(
                        step("1"), Direction.UP, other, "skein-run/1", StepLimits.defaults());

        RunEnd end = await(runners(RunnerKind.KNEX, "echo ran").start(request).ended());

        assertThat(end.failure().orElseThrow().summary()).matches("runner-unfit: .*'pg-2'.*");
    }

    @Test
    void unforeseenFailureEndsTheRun() throws Exception {
        ProcessRunners runners = runners(RunnerKind.KNEX, "exec sleep 600");
        await(vertx.close());

        StepFailure failure = up(runners, step("1")).failure().orElseThrow();

        assertThat(failure.code()).isEqualTo("runner-failed");
        assertThat(ProcessHandle.current().children()).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void runThatCannotBeNotedIsEnded() throws Exception {
        Files.createDirectory(Path.of(record() + ".new"));

        StepFailure failure = failure(RunnerKind.KNEX, "exec sleep 600", step("1"));

        assertThat(failure.code()).isEqualTo("runner-failed");
        assertThat(ProcessHandle.current().children()).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void closeEndsWhatRuns() throws Exception {
        ProcessRunners runners = runners(RunnerKind.KNEX, "sleep 600");
        var run = runners.start(request(step("1"), Direction.UP));

        await(runners.close());

        assertThat(run.ended().result().failure().orElseThrow().code()).isEqualTo("runner-stopped");
    }

    private Path record() throws IOException {
        new RunRecords(runs()).prepare();
        return runs().resolve(Sha256.hex(DATABASE.toString().getBytes()));
    }
}

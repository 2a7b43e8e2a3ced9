package dev.skein.ops.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.ops.command.Said;
import dev.skein.ops.rehearse.Scratch;
import dev.skein.ops.tools.AlembicCommand;
import dev.skein.ops.tools.NeedsTool;
import dev.skein.ops.tools.Tool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans of recorded and delegated revisions of Alembic, on scratch databases. */
@NeedsTool(Tool.ALEMBIC)
class DelegatedRehearsalIT {
    private static final String RUNNERS =
            """
            runners:
              billing:
                kind: alembic
                directory: %s
                command: [%s]
                environment:
                  DATABASE_URL: "postgresql+psycopg2://{user}@{host}:{port}/{database}"
            """;

    @TempDir private Path directory;

    @BeforeEach
    void write() {
        AlembicFiles files = AlembicFiles.in(directory);
        files.revision(
                "r1",
                "down_revision = None",
                AlembicFiles.execute("create table customer (id int primary key, email text)"),
                AlembicFiles.execute("drop table customer"));
        files.revision(
                "r2",
                AlembicFiles.on("r1"),
                """
                import sqlalchemy as sa
                rows = op.get_bind().execute(sa.text("select id from customer")).fetchall()
                op.execute("alter table customer add code int default %d" % len(rows))
                """,
                AlembicFiles.execute("alter table customer drop code"));
        files.sql("r3", "r2", "create table item (id int)", "drop table item");
    }

    private Path plan() {
        return directory.resolve("plan.json");
    }

    private Said build(String... more) {
        List<String> words = new ArrayList<>(List.of("plan", "build", directory.toString()));
        words.addAll(List.of("--format", "alembic", "--scratch", Scratch.uri()));
        words.addAll(List.of("--program", AlembicCommand.python().toString()));
        words.addAll(List.of("--delegate", "r2", "--runner", "billing", "-o", plan().toString()));
        words.addAll(List.of(more));
        return Said.by(words.toArray(String[]::new));
    }

    private Said rehearse(String command, String... more) {
        List<String> words = new ArrayList<>(List.of("plan", "rehearse", plan().toString()));
        words.addAll(List.of("--scratch", Scratch.uri(), "--runners", runners(command)));
        words.addAll(List.of(more));
        return Said.by(words.toArray(String[]::new));
    }

    private String runners(String command) {
        ProjectFile.write(directory, "runners.yaml", RUNNERS.formatted(directory, command));
        return directory.resolve("runners.yaml").toString();
    }

    @Test
    void whatAlembicDoesIsFingerprintedAndItsWayBackProven() {
        build().done();

        Said said = rehearse(AlembicCommand.python() + ", -m, alembic", "--output", "json").done();

        assertThat(said.json().at("/delegated").toString())
                .isEqualTo(
                        "[{\"migration\":\"r2\",\"up\":true,\"index\":0,\"runner\":\"billing\"},"
                                + "{\"migration\":\"r2\",\"up\":false,\"index\":0,"
                                + "\"runner\":\"billing\"}]");
        assertThat(said.json().findValuesAsText("verdict"))
                .containsExactly("PROVEN", "PROVEN", "PROVEN");
        assertThat(said.json().at("/rehearsal/steps/2/migration").asText()).isEqualTo("r2");
        assertThat(said.json().at("/rehearsal/steps/2/changes").findValuesAsText("object"))
                .contains("column public.customer.code");
    }

    @Test
    void runnerThatDoesMoreThanItsRevisionIsToldOf() {
        build().done();
        String all = "sh, -c, \"exec %s -m alembic upgrade head\"";

        Said said = rehearse(all.formatted(AlembicCommand.python())).endedWith(1);

        assertThat(said.err())
                .contains("up of r2", "(runner-did-more)", "r3")
                .doesNotContain("database repair");
    }
}

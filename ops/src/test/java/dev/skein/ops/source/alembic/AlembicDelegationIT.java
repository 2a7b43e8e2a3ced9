package dev.skein.ops.source.alembic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.ops.source.Delegation;
import dev.skein.ops.source.SourceSettings;
import dev.skein.protocol.plan.Atomicity;
import dev.skein.protocol.plan.DelegatedStep;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.ScriptStep;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlembicDelegationIT {
    private static final String READS =
            """
            from tenants.names import clean
            for row in op.get_bind().execute(sa.text("select id from a")):
                op.execute("delete from a where id = %d" % clean(row[0]))
            """;

    @TempDir private Path directory;

    @BeforeEach
    void project() {
        AlembicProjectFiles project = new AlembicProjectFiles(directory);
        project.write("tenants/__init__.py", "");
        project.write("tenants/names.py", "def clean(name):\n    return name\n");
        project.write("tenants/other.py", "");
        project.sql("a1", "None", "create table a (id int)", "drop table a");
        project.revision("b1", "'a1'", READS, "op.execute('select 1')");
        project.revision(
                "c1",
                "'b1'",
                "with op.get_context().autocommit_block():\n    op.execute('select 1')",
                "pass");
    }

    private List<Migration> migrations(String... delegated) {
        SourceSettings settings = AlembicRuns.settings();
        Delegation how = new Delegation(Set.of(delegated), Optional.of("billing"));
        return new AlembicSource(note -> {})
                .read(directory, settings.withRecording(settings.recording().delegating(how)))
                .migrations();
    }

    @Test
    void whatReadsRowsIsDelegatedWithTheFilesItIsMadeOf() {
        List<Migration> migrations = migrations("auto");

        assertThat(migrations.get(0).up().get(0)).isInstanceOf(ScriptStep.class);
        DelegatedStep up = (DelegatedStep) migrations.get(1).up().get(0);
        assertThat(up.runner()).isEqualTo("billing");
        assertThat(up.migration()).isEqualTo("b1");
        assertThat(up.before()).isEmpty();
        assertThat(up.atomicity()).isEqualTo(Atomicity.ATOMIC);
        assertThat(up.files().keySet())
                .containsExactly(
                        "migrations/versions/b1.py", "tenants/__init__.py", "tenants/names.py");
        assertThat(up.reason()).startsWith("its SQL may depend on rows");
        DelegatedStep down = (DelegatedStep) migrations.get(1).down().orElseThrow().get(0);
        assertThat(down.before()).contains("b1@a1");
        assertThat(migrations.get(2).up()).noneMatch(DelegatedStep.class::isInstance);
    }

    @Test
    void oneOutsideOfATransactionIsNotAtomic() {
        DelegatedStep up = (DelegatedStep) migrations("auto", "c1").get(2).up().get(0);

        assertThat(up.atomicity()).isEqualTo(Atomicity.NOT_ATOMIC);
        assertThat(up.reason()).isEqualTo("asked for by name");
    }
}

package dev.skein.ops.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.ops.build.PlanSources;
import dev.skein.ops.source.SourceSettings;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanFileIT {
    @TempDir private Path directory;

    private Plan plan() throws IOException {
        Files.writeString(directory.resolve("0001_customer.up.sql"), "create table customer ();");
        return PlanSources.of(Framework.SQL).read(directory, SourceSettings.defaults());
    }

    @Test
    void planIsReadBackAsItWasWritten() throws IOException {
        Path file = directory.resolve("shop.v1.json");
        PlanFile written = PlanFile.of("shop.v1", plan());
        written.write(file);
        assertThat(PlanFile.read(file)).isEqualTo(written);
    }

    @Test
    void sameMigrationsMakeTheSameId() throws IOException {
        assertThat(PlanFile.of("one", plan()).id()).isEqualTo(PlanFile.of("two", plan()).id());
    }

    @Test
    void fileIsMeantBeforeAnId() throws IOException {
        Path file = directory.resolve("0123456789abcdef");
        Files.writeString(file, "{}");
        assertThat(PlanFile.isMeantBy(file.toString())).isTrue();
        assertThat(PlanFile.isMeantBy("0123456789abcdef")).isFalse();
        assertThatThrownBy(() -> PlanFile.isMeantBy("shop.json"))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("there is no plan file 'shop.json'");
    }

    @Test
    void fileThatIsNoPlanIsRefusedByName() throws IOException {
        Path file = Files.writeString(directory.resolve("odd.json"), "[");
        assertThatThrownBy(() -> PlanFile.read(file))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("odd.json is no plan file: ");
    }
}

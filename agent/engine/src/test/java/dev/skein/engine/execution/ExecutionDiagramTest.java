package dev.skein.engine.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the module's README shows of {@link ExecutionTable} is what it is. */
final class ExecutionDiagramTest {
    private static final Path README = Path.of("../README.md");
    private static final String BEGIN = "<!-- execution:begin -->\n";
    private static final String END = "\n<!-- execution:end -->";

    @Test
    void readmeShowsTheTable() throws IOException {
        String readme = Files.readString(README);
        int begin = readme.indexOf(BEGIN) + BEGIN.length();
        int end = readme.indexOf(END);
        assertThat(begin)
                .as("the place of the diagram in " + README)
                .isBetween(BEGIN.length(), end);
        String rendered = ExecutionDiagram.render();
        if (Boolean.getBoolean("skein.docs.renew")) {
            Files.writeString(
                    README, readme.substring(0, begin) + rendered + readme.substring(end));
            return;
        }
        assertThat(readme.substring(begin, end))
                .as("run this test with -Dskein.docs.renew=true to write the diagram anew")
                .isEqualTo(rendered);
    }
}

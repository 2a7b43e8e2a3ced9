package dev.skein.ops.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.ops.lint.rule.AllRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each rule has a page, and the list of pages is the list of rules. */
class RulePagesTest {
    private static final Path PAGES = Path.of("docs", "rules");

    @Test
    void everyRuleHasAPageThatSaysWhatTheRuleSays() throws IOException {
        for (Rule rule : AllRules.book().rules()) {
            RuleNote note = rule.note();
            String page = Files.readString(PAGES.resolve(note.id() + ".md"));

            assertThat(page)
                    .startsWith("# " + note.id() + "\n")
                    .contains("*" + note.hazard().label() + "; " + note.severity().label() + ".*")
                    .contains("skein: ignore " + note.id() + " because");
        }
    }

    @Test
    void listIsThatOfTheRules() throws IOException {
        List<String> rows =
                Files.readAllLines(PAGES.resolve("README.md")).stream()
                        .filter(line -> line.startsWith("| ["))
                        .toList();

        assertThat(rows)
                .containsExactlyElementsOf(
                        AllRules.book().rules().stream()
                                .map(Rule::note)
                                .map(RulePagesTest::row)
                                .toList());
    }

    @Test
    void noPageIsOfNoRule() throws IOException {
        try (Stream<Path> pages = Files.list(PAGES)) {
            assertThat(pages.count()).isEqualTo(AllRules.book().rules().size() + 1);
        }
    }

    private static String row(RuleNote note) {
        return "| [%s](%s.md) | %s | %s | %s |"
                .formatted(
                        note.id(),
                        note.id(),
                        note.severity().label(),
                        note.hazard().label(),
                        note.title());
    }
}

package dev.skein.ops.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.ops.command.SkeinCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;

/** Each command of a document can be typed, and each block of them runs or has a reason. */
class DocumentedCommandsTest {
    /** Why a block is not run, by the beginning of its first command. */
    private static final Map<String, Reason> NOT_RUN =
            Map.of(
                    "ops/bin/skein demo --exit", new Reason.RunBy("DemoIT"),
                    "./mvnw verify -Dskein.it=containers", new Reason.OfTheBuild(),
                    "ops/bin/skein agent --config agent.yaml", new Reason.RunBy("KillIT"),
                    "skein plan build DIR --format alembic", new Reason.Synopsis(),
                    "skein plan build billing --format alembic",
                            new Reason.RunBy("AlembicDelegationIT"),
                    "FLASK_APP=app:create_app skein", new Reason.RunBy("AlembicFlaskIT"),
                    "skein plan build DIR --format knex", new Reason.Synopsis(),
                    "skein plan rehearse shelves.json", new Reason.RunBy("AdoptAtIT"),
                    "bin/kafka-storage.sh format", new Reason.Foreign());

    /** What stands in documents for something of the reader's. */
    private static final Map<String, String> PLACES =
            Map.of("ID", "pg-1/acme", "VERB", "pause", "DURATION", "5m", "N", "1");

    private sealed interface Reason {
        boolean holds(ShellBlock block);

        /** A test of this name runs the same by other means. */
        record RunBy(String test) implements Reason {
            @Override
            public boolean holds(ShellBlock block) {
                return DocumentsTest.SOURCES.contains(test);
            }
        }

        /** The commands run this test. */
        record OfTheBuild() implements Reason {
            @Override
            public boolean holds(ShellBlock block) {
                return block.commands().stream().allMatch(each -> each.startsWith("./mvnw "));
            }
        }

        /** It shows what may be given, in brackets. */
        record Synopsis() implements Reason {
            @Override
            public boolean holds(ShellBlock block) {
                return block.commands().stream().allMatch(each -> each.contains("["));
            }
        }

        /** The program is another project's. */
        record Foreign() implements Reason {
            @Override
            public boolean holds(ShellBlock block) {
                return block.commands().stream()
                        .map(each -> TidyTest.top().resolve(each.replaceFirst(" .*", "")))
                        .noneMatch(Files::exists);
            }
        }
    }

    @Test
    void everyBlockOfCommandsIsRunOrHasAReason() {
        Map<String, Reason> unused = new TreeMap<>(NOT_RUN);
        List<String> without = new ArrayList<>();
        for (ShellBlock block : ShellBlock.all()) {
            Optional<String> begin =
                    NOT_RUN.keySet().stream()
                            .filter(block.commands().get(0)::startsWith)
                            .findFirst();
            boolean excused =
                    begin.map(unused::remove).map(reason -> reason.holds(block)).orElse(false);
            if (block.runs() == excused) {
                without.add(block.toString());
            }
        }
        assertThat(without).isEmpty();
        assertThat(unused).isEmpty();
    }

    @Test
    void everyCommandOfADocumentCanBeTyped() {
        List<String> refused = new ArrayList<>();
        for (ShellBlock block : ShellBlock.all()) {
            for (List<String> words : block.skeinCommands()) {
                refusal(words).ifPresent(why -> refused.add(block.document() + ": " + why));
            }
        }
        assertThat(refused).isEmpty();
    }

    /** Where it stands in a sentence, it need not be whole. */
    @Test
    void everyCommandInASentenceIsOne() {
        List<String> refused = new ArrayList<>();
        List<String> typed = new ArrayList<>();
        DocumentsTest.DOCUMENTS.forEach(
                (path, text) -> {
                    for (List<String> words : inSentences(path, text)) {
                        typed.add(String.join(" ", words));
                        refusal(words).ifPresent(why -> refused.add(path + ": " + why));
                    }
                });
        assertThat(refused).isEmpty();
        assertThat(typed).hasSizeGreaterThan(40);
    }

    /** A changelog names what there was; all other documents name what there is. */
    private static List<List<String>> inSentences(Path path, String text) {
        if (path.endsWith("CHANGELOG.md")) {
            return List.of();
        }
        return DocumentsTest.codeIn(text).stream()
                .map(each -> each.replaceFirst("^ops/bin/", ""))
                .filter(each -> each.startsWith("skein ") || namesACommand(each))
                .map(each -> each.replaceFirst("^skein ", ""))
                .flatMap(each -> alternatives(ShellBlock.words(each)))
                .toList();
    }

    private static boolean namesACommand(String code) {
        String[] words = code.split(" ");
        CommandLine group = SkeinCommand.commandLine().getSubcommands().get(words[0]);
        return group != null
                && words.length > 1
                && group.getSubcommands().containsKey(words[1].replaceFirst("\\\\.*", ""));
    }

    /** One for each choice that a word with bars leaves. */
    private static Stream<List<String>> alternatives(List<String> words) {
        for (int at = 0; at < words.size(); at++) {
            String[] choices = words.get(at).split("\\\\\\|");
            if (choices.length > 1) {
                int place = at;
                return Stream.of(choices).flatMap(each -> alternatives(with(words, place, each)));
            }
        }
        return Stream.of(words);
    }

    private static List<String> with(List<String> words, int at, String word) {
        List<String> copy = new ArrayList<>(words);
        copy.set(at, word);
        return copy;
    }

    /** Brackets in a document stand around what may be left out, an ellipsis for more of it. */
    private static Optional<String> refusal(List<String> words) {
        String[] arguments =
                words.stream()
                        .map(each -> each.replaceAll("[\\[\\]…]", ""))
                        .filter(each -> !each.isEmpty())
                        .map(each -> PLACES.getOrDefault(each, each))
                        .toArray(String[]::new);
        try {
            SkeinCommand.commandLine().parseArgs(arguments);
            return Optional.empty();
        } catch (MissingParameterException notWhole) {
            return Optional.empty();
        } catch (ParameterException refused) {
            return Optional.of("skein " + String.join(" ", words) + ": " + refused.getMessage());
        }
    }

    @Test
    void everyCommandIsInTheTableOfCommands() {
        Path readme = TidyTest.top().resolve("ops/README.md");
        SortedSet<String> named =
                inSentences(readme, DocumentsTest.DOCUMENTS.get(readme)).stream()
                        .flatMap(DocumentedCommandsTest::commandOf)
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(named).containsAll(leaves(SkeinCommand.commandLine(), "").toList());
    }

    private static Stream<String> commandOf(List<String> words) {
        CommandLine at = SkeinCommand.commandLine();
        String path = "";
        for (String word : words) {
            at = at.getSubcommands().get(word);
            if (at == null) {
                break;
            }
            path = (path + " " + word).strip();
        }
        return Stream.of(path);
    }

    private static Stream<String> leaves(CommandLine command, String path) {
        if (command.getSubcommands().isEmpty()) {
            return Stream.of(path);
        }
        return command.getSubcommands().entrySet().stream()
                .flatMap(each -> leaves(each.getValue(), (path + " " + each.getKey()).strip()));
    }
}

package dev.skein.ops.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class UsageTest {
    /** Labels of parameters that stand for one of a few words. */
    private static final Set<String> CHOICES = Set.of("FORMAT", "STATE", "PHASE");

    /** What a name takes in two commands, and why that stays. */
    private static final Map<String, String> TWO_MEANINGS =
            Map.of(
                    "--at", "a place in the log for log skip, a version for fleet adopt",
                    "--database", "an id of the fleet; of grants, the name that the server has",
                    "--databases", "the demo's is a number, as scripts have it",
                    "-o", "a format everywhere; where something is written, a path too",
                    "--to", "a schema of a difference, a version of a rollback",
                    "--name", "of a plan, of a migration's file",
                    "--version-table", "a difference takes no schema");

    private static Stream<String> commands() {
        List<String> names = new ArrayList<>();
        collect(SkeinCommand.commandLine(), "", names);
        return names.stream();
    }

    private static void collect(CommandLine command, String path, List<String> names) {
        command.getSubcommands()
                .forEach(
                        (name, each) -> {
                            names.add(path + name);
                            collect(each, path + name + " ", names);
                        });
    }

    private static Said said(String words) {
        return Said.by(words.isEmpty() ? new String[0] : words.split(" "));
    }

    @Test
    void everyCommandOfTheDesignIsThere() {
        assertThat(commands())
                .contains("demo", "standalone", "orchestrator", "agent", "fleet", "database")
                .contains("database repair")
                .contains("plan build", "plan show", "plan publish", "plan list")
                .contains("rollout open", "rollout status", "rollout watch", "rollout approve")
                .contains("rollout pause", "rollout resume", "rollout promote", "rollout retry")
                .contains("rollout skip", "rollout abort", "rollout rollback");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpOfEveryCommandSaysHowToCallIt(String command) {
        Said help = said(command + " --help").done();
        assertThat(help.out()).startsWith("Usage: skein " + command);
        assertThat(help.out().lines()).allMatch(line -> line.length() <= 80);
        assertThat(help.err()).isEmpty();
    }

    /** And each command of an example is one that can be given. */
    @ParameterizedTest
    @MethodSource("commands")
    void helpOfEveryCommandHasAnExampleThatCanBeTyped(String command) {
        String help = said(command + " --help").done().out();
        List<String> examples =
                help.lines()
                        .dropWhile(line -> !line.equals("Example:"))
                        .skip(1)
                        .map(String::strip)
                        .toList();
        assertThat(examples).as(help).isNotEmpty();
        for (String example : examples) {
            assertThat(example).startsWith("skein " + command);
            String[] words = example.substring("skein ".length()).split(" ");
            SkeinCommand.commandLine().parseArgs(words);
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpListsTheValuesOfEachChoice(String command) {
        String help = said(command + " --help").done().out().replaceAll("\\s+", " ");
        for (OptionSpec option : options(command)) {
            Iterable<String> choices = option.completionCandidates();
            if (choices != null) {
                assertThat(help).as(option.longestName()).contains(String.join(", ", choices));
            }
            boolean choice = CHOICES.contains(option.paramLabel());
            assertThat(choice && choices == null).as(option.longestName()).isFalse();
        }
    }

    private static List<OptionSpec> options(String command) {
        CommandLine at = SkeinCommand.commandLine();
        for (String name : command.split(" ")) {
            at = at.getSubcommands().get(name);
        }
        return at.getCommandSpec().options().stream().filter(each -> !each.hidden()).toList();
    }

    /** A name that takes something else in another command is a trap for whoever types it. */
    @Test
    void optionOfOneNameTakesTheSameEverywhere() {
        Map<String, Set<String>> taken = new TreeMap<>();
        commands()
                .forEach(
                        command ->
                                options(command)
                                        .forEach(each -> collectTaken(command, each, taken)));
        taken.keySet().removeAll(TWO_MEANINGS.keySet());
        assertThat(taken).allSatisfy((name, what) -> assertThat(what).as(name).hasSize(1));
    }

    private static void collectTaken(
            String command, OptionSpec option, Map<String, Set<String>> taken) {
        for (String name : option.names()) {
            String what = option.arity().max() == 0 ? "nothing" : option.paramLabel();
            taken.computeIfAbsent(name, each -> new TreeSet<>()).add(what);
        }
    }

    @Test
    void helpGroupsTheCommands() {
        assertThat(Said.by("--help").done().out().lines())
                .containsSubsequence(
                        "Try it:", "Run it:", "Roll migrations out:", "Look at the fleet:")
                .noneMatch("More:"::equals);
        assertThat(Said.by("rollout", "--help").done().out().lines())
                .containsSubsequence("Begin and look:", "Let it go on:", "Hold it, end it:")
                .noneMatch("More:"::equals);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void unknownOptionIsWrongUse(String command) {
        said(command + " --nonsense").refused("skein " + command);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plan",
                "rollout",
                "standalone",
                "orchestrator",
                "agent",
                "plan build",
                "plan build dir --format sql",
                "plan publish",
                "rollout open",
                "rollout open --plan 12345678",
                "rollout skip latest",
                "rollout skip",
                "rollout rollback latest",
                "rollout rollback",
                "rollout rollback latest --all --wave early",
                "database",
                "fleet nonsense",
                "fleet --output xml",
                "demo --databases many"
            })
    void wrongUseShowsTheUsage(String words) {
        said(words).refused("Usage: skein");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--databases 7", "--databases 2001", "--port -1", "--port 65536"})
    void demoKnowsItsBounds(String words) {
        said("demo " + words).refused("skein: " + words + " is not ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "ftp://localhost:1", "http:///", "localhost:8080"})
    void serverMustBeAnAddress(String address) {
        Said.by("fleet", "--server", address).refused("--server '" + address + "' is no address");
    }

    @Test
    void unknownVerbIsNamed() {
        Said.by("rollout", "stop").refused("'stop'");
    }

    @Test
    void databaseMustBeAnId() {
        Said.by("database", "acme").refused("'acme' is not of the form server/database");
    }

    @Test
    void planMustBeAFileOrAnId() {
        Said.by("plan", "show", "billing.json").refused("there is no plan file 'billing.json'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plan", "rollout open", "database repair"})
    void helpCanBeAskedForInFront(String command) {
        String asked = said(("help " + command).strip()).done().out();
        assertThat(asked).isEqualTo(said((command + " --help").strip()).done().out());
    }

    @Test
    void helpOnWhatIsNoCommandNamesIt() {
        said("help rollout stop").refused("skein rollout has no command 'stop'", "status");
    }

    @Test
    void versionIsPrinted() {
        assertThat(Said.by("--version").done().out()).startsWith("skein ");
    }
}

package dev.skein.ops.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class UsageTest {
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
                .contains("plan build", "plan show", "plan publish")
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
                "rollout pause",
                "rollout skip latest",
                "rollout rollback latest",
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

    @Test
    void versionIsPrinted() {
        assertThat(Said.by("--version").done().out()).startsWith("skein ");
    }
}

package dev.skein.agent.runner;

import dev.skein.agent.config.Placeholders;
import dev.skein.agent.config.RunnerConfig;
import dev.skein.agent.config.RunnerKind;
import dev.skein.engine.runner.RunRequest;
import dev.skein.protocol.event.Direction;
import dev.skein.protocol.plan.DelegatedStep;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The arguments of a run, one by one: no shell takes them apart.
 *
 * <p>Alembic's {@code downgrade} takes the state to go back to, which the plan has found out for
 * branches and merges; Knex' {@code migrate:down} the migration itself.
 */
final class RunCommand {
    private RunCommand() {}

    /**
     * @param values of the placeholders
     * @throws IllegalArgumentException if the step lacks what the framework's command needs
     */
    static List<String> of(RunnerConfig runner, RunRequest request, RunValues values) {
        List<String> command = new ArrayList<>(ProcessGroup.prefix(runner));
        runner.command().forEach(part -> command.add(values.fill(part)));
        command.addAll(program(runner));
        command.addAll(arguments(runner, request));
        return command;
    }

    /**
     * Whoever sets the group apart would start, and then end as a run does that failed.
     *
     * @param path where a program without a directory is looked for
     * @throws IllegalArgumentException if the runner's program is not there
     */
    static void requireProgram(RunnerConfig runner, RunValues values, String path) {
        String program = values.fill(runner.command().get(0));
        boolean there =
                program.contains("/")
                        ? Files.isExecutable(runner.directory().resolve(program))
                        : ProcessGroup.found(program, path).isPresent();
        if (!there) {
            throw new IllegalArgumentException(
                    "there is no program '" + program + "' that may be executed");
        }
    }

    private static List<String> arguments(RunnerConfig runner, RunRequest request) {
        DelegatedStep step = request.step();
        boolean up = request.direction() == Direction.UP;
        return switch (runner.kind()) {
            case ALEMBIC ->
                    up
                            ? List.of("upgrade", step.migration())
                            : List.of("downgrade", step.before().orElseThrow(RunCommand::noTarget));
            case KNEX -> List.of(up ? "migrate:up" : "migrate:down", step.migration());
            case FLYWAY -> List.of(up ? "up" : noWayBack(), step.migration());
            case COMMAND -> ofTheTeam(runner, request);
        };
    }

    /** Between a Java and what it is to do. */
    private static List<String> program(RunnerConfig runner) {
        return runner.kind() == RunnerKind.FLYWAY
                ? List.of("-cp", FlywayCommand.classPath(runner), FlywayCommand.MAIN)
                : List.of();
    }

    private static String noWayBack() {
        throw new IllegalArgumentException("Flyway's open edition takes no migration back");
    }

    /** Where the command itself says where the migration's name goes, that is all it gets. */
    private static List<String> ofTheTeam(RunnerConfig runner, RunRequest request) {
        DelegatedStep step = request.step();
        boolean named =
                runner.command().stream()
                        .anyMatch(part -> part.contains("{" + Placeholders.MIGRATION + "}"));
        if (!named) {
            return List.of(request.direction().label().toLowerCase(Locale.ROOT), step.migration());
        }
        if (!step.files().containsKey(step.migration())) {
            throw new IllegalArgumentException(
                    "the plan has no digest of '" + step.migration() + "', which it would run");
        }
        return List.of();
    }

    private static IllegalArgumentException noTarget() {
        return new IllegalArgumentException(
                "the plan does not say to which revision the downgrade goes");
    }
}

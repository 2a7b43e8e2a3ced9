package dev.skein.ops.source.knex;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.ops.source.PlanProblemCode;
import dev.skein.ops.source.PlanProblems;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Describes for people why a recording failed. */
final class KnexRecorderFailures {
    private static final String INSTALL = "Run 'npm ci' in the project";

    private final String server;
    private final ProjectFileNames names;
    private final PlanProblems problems;

    /**
     * @param server the version of the scratch server
     */
    KnexRecorderFailures(String server, ProjectFileNames names, PlanProblems problems) {
        this.server = server;
        this.names = names;
        this.problems = problems;
    }

    /** What kept the recorder from the migrations altogether. */
    void trouble(JsonNode trouble) {
        String file = names.of(trouble.path("file").asText(trouble.path("home").asText("")));
        RecordedError error = RecordedError.of(trouble);
        switch (trouble.path("kind").asText()) {
            case "no-knex" ->
                    program(file, "no node_modules here or above it has the package knex", INSTALL);
            case "no-pg" ->
                    program(
                            file,
                            "no node_modules here or above it has the package pg",
                            INSTALL + ", or 'npm install --no-save pg'");
            case "typescript" ->
                    program(
                            file,
                            "it is TypeScript, which this Node does not read by itself, and the"
                                    + " project has neither tsx nor ts-node",
                            "Run 'npm install --no-save tsx' in the project, or name a newer Node"
                                    + " with --program");
            case "no-environment" -> environment(file, trouble);
            case "client" -> client(file, trouble);
            case "knexfile" -> loading(file, error, PlanProblemCode.CONFIGURATION);
            case "list" ->
                    problems.add(
                            file,
                            PlanProblemCode.CONFIGURATION,
                            "Knex cannot list the migrations: " + error.shown(),
                            "Check migrations.directory in the knexfile");
            default ->
                    problems.add(
                            file,
                            PlanProblemCode.RECORDING,
                            "the recording failed: " + error.shown(),
                            "See whether 'knex migrate:latest' works on an empty database");
        }
    }

    private void program(String file, String message, String hint) {
        problems.add(file, PlanProblemCode.PROGRAM, message, hint);
    }

    private void environment(String file, JsonNode trouble) {
        String name = trouble.path("name").asText();
        List<String> known = RecordedRun.texts(trouble.path("known"));
        problems.add(
                file,
                PlanProblemCode.CONFIGURATION,
                known.isEmpty()
                        ? "it exports no settings, neither of the environment '"
                                + name
                                + "' nor any"
                        : "it has no environment '%s', only %s"
                                .formatted(name, String.join(", ", known)),
                known.isEmpty()
                        ? "Export them, or name another file with --config"
                        : "Choose one with --environment");
    }

    private void client(String file, JsonNode trouble) {
        String name = trouble.path("name").asText();
        problems.add(
                file,
                PlanProblemCode.CONFIGURATION,
                "its environment '%s' uses the client '%s', which is not PostgreSQL's"
                        .formatted(name, trouble.path("client").asText()),
                trouble.path("others").isEmpty()
                        ? "Add an environment with the client 'pg' and choose it with --environment"
                        : "Choose another with --environment: "
                                + String.join(", ", RecordedRun.texts(trouble.path("others"))));
    }

    /** Migrations whose files cannot be loaded. */
    void unloaded(Map<String, RecordedError> unloaded) {
        unloaded.forEach(
                (name, error) -> loading(names.script(name), error, PlanProblemCode.RECORDING));
    }

    private void loading(String file, RecordedError error, PlanProblemCode code) {
        Optional<String> module = error.module();
        problems.add(
                file,
                code,
                module.map(each -> "it needs the module '" + each + "', which is not there")
                        .orElseGet(() -> "it cannot be loaded: " + error.shown()),
                module.map(each -> isOwn(each) ? "Build the project first" : INSTALL)
                        .or(() -> lacking(error))
                        .orElse("Make it load with the project's own Knex first"));
    }

    private static Optional<String> lacking(RecordedError error) {
        return error.lacking().isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "It looked for "
                                + String.join(", ", error.lacking())
                                + " in the environment last, and found nothing: set what it needs"
                                + " for this command");
    }

    private static boolean isOwn(String module) {
        return module.startsWith(".") || Path.of(module).isAbsolute();
    }

    /** The migration at which the way up ends. */
    void failedUp(RecordedRun run) {
        RecordedError error = run.error().orElseThrow();
        if (error.module().isPresent()) {
            loading(names.script(run.name()), error, PlanProblemCode.RECORDING);
            return;
        }
        problems.add(
                names.script(run.name()),
                PlanProblemCode.RECORDING,
                "its up fails on an empty database that has all migrations before it: "
                        + error.shown(),
                hint(error));
    }

    private String hint(RecordedError error) {
        String message = error.message();
        if (message.contains("extension \"") || message.contains("extension control file")) {
            return "Name a server that has the extension with --scratch";
        }
        if (message.contains("role \"") && error.code().equals(Optional.of("42710"))) {
            return "The role is there already, and of the whole server: drop it there, or name"
                    + " another server with --scratch";
        }
        if (message.contains("role \"") && error.code().equals(Optional.of("42704"))) {
            return "Create the role on a server of yours and name that server with --scratch";
        }
        return lacking(error)
                .orElseGet(
                        () ->
                                "See whether 'knex migrate:latest' works on an empty database of"
                                        + " PostgreSQL "
                                        + server
                                        + ", or name a server of another version with --scratch");
    }
}

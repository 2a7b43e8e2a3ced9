package dev.skein.ops.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.ops.draft.Draft;
import dev.skein.ops.draft.DraftRefused;
import dev.skein.ops.draft.DraftWriter;
import dev.skein.ops.draft.SchemaSide;
import dev.skein.ops.render.DraftText;
import dev.skein.ops.run.Logging;
import dev.skein.ops.schema.Losses;
import dev.skein.ops.schema.SchemaDifference;
import dev.skein.ops.schema.SchemaFailure;
import dev.skein.ops.schema.SchemaModel;
import dev.skein.ops.scratch.ScratchServer;
import dev.skein.protocol.codec.Json;
import dev.skein.protocol.plan.Framework;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code skein plan diff}: writes the migration that leads from one schema to another. */
@Command(
        name = "diff",
        description =
                "Write a new migration, up and down, that leads from one schema to another."
                        + " Owners and grants are left out.",
        footer = "  skein plan diff --from old.sql --to new.sql --format sql --name add_state",
        mixinStandardHelpOptions = true)
final class PlanDiffCommand implements Callable<Integer> {
    private static final List<String> BOOKS =
            List.of(
                    "flyway_schema_history",
                    "alembic_version",
                    "_prisma_migrations",
                    "knex_migrations",
                    "knex_migrations_lock");

    @Spec private CommandSpec spec;
    @Mixin private FormatOption format;
    @Mixin private ScratchOptions scratch;
    @Mixin private WrittenOption written;

    @Option(
            names = "--from",
            paramLabel = "DB|FILE",
            required = true,
            description =
                    "The schema as it is: a database, postgresql://user@host:port/database, or a"
                            + " script such as a dump.")
    private String from;

    @Option(
            names = "--from-password",
            paramLabel = "PASSWORD",
            defaultValue = "${env:SKEIN_FROM_PASSWORD}",
            description = "Of --from; better given as SKEIN_FROM_PASSWORD.")
    private String fromPassword;

    @Option(
            names = "--to",
            paramLabel = "DB|FILE",
            required = true,
            description = "The schema as it shall be: a script, or a database.")
    private String to;

    @Option(
            names = "--to-password",
            paramLabel = "PASSWORD",
            defaultValue = "${env:SKEIN_TO_PASSWORD}",
            description = "Of --to; better given as SKEIN_TO_PASSWORD.")
    private String toPassword;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            required = true,
            description = "What the migration does, for its file's name.")
    private String name;

    @Option(
            names = "--output-directory",
            paramLabel = "DIR",
            description = "The directory of migrations (default: the current one).")
    private Path outputDirectory;

    @Option(
            names = "--version-table",
            paramLabel = "TABLE",
            description = "A version table of another name, which is left out too.")
    private String versionTable;

    @Override
    public Integer call() {
        Path directory = written.path("--output-directory", outputDirectory).orElse(Path.of("."));
        written.requireOneFormat();
        Framework framework = format.framework();
        SchemaSide before = side("--from", from, fromPassword);
        SchemaSide after = side("--to", to, toPassword);
        Logging.onlyErrors();
        try (ScratchServer server = ScratchServer.open(scratch.address())) {
            SchemaModel then = before.model(server);
            SchemaModel now = after.model(server);
            SchemaDifference up = SchemaDifference.between(then, now, scope());
            if (up.isEmpty()) {
                print(result(List.of(), List.of(), List.of()));
                return ExitCodes.DONE;
            }
            SchemaDifference down = SchemaDifference.between(now, then, scope());
            Draft draft = new Draft(name, up.statements(), down.statements(), Instant.now());
            print(
                    result(
                            new DraftWriter(framework, directory).write(draft),
                            Losses.of(draft.up(), draft::down),
                            Losses.of(draft.down(), draft::up)));
            return ExitCodes.DONE;
        } catch (DraftRefused | SchemaFailure failed) {
            throw CommandFailed.operation(failed.getMessage());
        } catch (IllegalArgumentException wrong) {
            throw CommandFailed.usage("--name: " + wrong.getMessage());
        }
    }

    private SchemaDifference.Scope scope() {
        List<String> books = new ArrayList<>(BOOKS);
        Optional.ofNullable(versionTable).ifPresent(books::add);
        return new SchemaDifference.Scope("", false, books);
    }

    private static ObjectNode result(List<Path> files, List<String> up, List<String> down) {
        ObjectNode result = Json.mapper().createObjectNode();
        ArrayNode written = result.putArray("written");
        files.forEach(file -> written.add(file.toString()));
        up.forEach(result.putArray("upLoses")::add);
        down.forEach(result.putArray("downLoses")::add);
        return result;
    }

    private void print(ObjectNode result) {
        written.print(spec.commandLine().getOut(), result, DraftText.of(result));
    }

    private static SchemaSide side(String option, String text, String password) {
        if (!text.contains("://")) {
            Path file = Path.of(text);
            if (!Files.isRegularFile(file)) {
                throw CommandFailed.usage(
                        option
                                + " '"
                                + text
                                + "' is no file; a database is written"
                                + " postgresql://user@host:port/database");
            }
            return new SchemaSide.Script(file);
        }
        return new SchemaSide.Existing(DatabaseAddress.parse(option, text, password));
    }
}

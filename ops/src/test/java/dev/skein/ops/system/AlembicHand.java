package dev.skein.ops.system;

import dev.skein.ops.tools.AlembicCommand;
import dev.skein.ops.tools.DatabaseUrl;
import dev.skein.ops.tools.Ran;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A person who runs Alembic itself on a tenant's database. */
final class AlembicHand {
    private final AlembicCommand command;

    AlembicHand(Tenant tenant, Path project) {
        command = new AlembicCommand(project, DatabaseUrl.of(tenant.database()));
    }

    AlembicHand upgrade(String to) {
        command.run("upgrade", to).requireDone();
        return this;
    }

    AlembicHand downgrade(String to) {
        command.run("downgrade", to).requireDone();
        return this;
    }

    /** Does not wait for the end. */
    CompletableFuture<Ran> start(String... arguments) {
        return CompletableFuture.supplyAsync(() -> command.run(arguments));
    }

    /** What it says of where the database is, and with which exit code. */
    List<Ran> status() {
        return List.of(
                sorted(command.run("current").requireDone()),
                command.run("history", "--indicate-current").requireDone(),
                sorted(command.run("current", "--check-heads")));
    }

    /** The heads of the database. */
    List<String> current() {
        return sorted(command.run("current").requireDone()).output().lines().toList();
    }

    /** Several heads come as the rows of the table lie. */
    private static Ran sorted(Ran ran) {
        List<String> lines = ran.output().lines().sorted().toList();
        return new Ran(ran.exitCode(), String.join("\n", lines));
    }
}

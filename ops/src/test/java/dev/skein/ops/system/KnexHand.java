package dev.skein.ops.system;

import dev.skein.ops.tools.DatabaseUrl;
import dev.skein.ops.tools.KnexCommand;
import dev.skein.ops.tools.Ran;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A person who runs Knex itself on a tenant's database. */
final class KnexHand {
    private final KnexCommand command;

    KnexHand(Tenant tenant, Path project) {
        command = new KnexCommand(project, DatabaseUrl.of(tenant.database()));
    }

    /** Such as {@code latest}; the answer is what it says. */
    String migrate(String what, String... arguments) {
        return run(what, arguments).requireDone().output();
    }

    Ran run(String what, String... arguments) {
        String[] line = new String[arguments.length + 1];
        line[0] = "migrate:" + what;
        System.arraycopy(arguments, 0, line, 1, arguments.length);
        return command.run(line);
    }

    /** Does not wait for the end. */
    CompletableFuture<Ran> start(String what) {
        return CompletableFuture.supplyAsync(() -> run(what));
    }

    /** What it says of where the database is. */
    List<String> status() {
        return List.of(migrate("list"), migrate("status"), migrate("currentVersion"));
    }
}

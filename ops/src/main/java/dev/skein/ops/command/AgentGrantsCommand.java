package dev.skein.ops.command;

import dev.skein.engine.postgres.AgentGrants;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code skein agent grants}: what to grant the role that an agent connects as. */
@Command(
        name = "grants",
        description =
                "Print the SQL that makes a role with the rights that an agent needs, and no more.",
        footer = "  skein agent grants --format flyway --owner acme_owner",
        mixinStandardHelpOptions = true)
final class AgentGrantsCommand implements Callable<Integer> {
    /** The ledger's schema; the search path would lead such a role there. */
    private static final String RESERVED = "skein";

    @Spec private CommandSpec spec;
    @Mixin private FormatOption format;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            defaultValue = "skein_agent",
            description = "The agent's role (default: ${DEFAULT-VALUE}).")
    private String role;

    @Option(
            names = "--database",
            paramLabel = "DATABASE",
            defaultValue = "acme",
            description =
                    "A tenant's database; the second part is for each of them (default:"
                            + " ${DEFAULT-VALUE}).")
    private String database;

    @Option(
            names = "--schema",
            paramLabel = "SCHEMA",
            defaultValue = "public",
            description = "Where the tenant's tables are (default: ${DEFAULT-VALUE}).")
    private String schema;

    @Option(
            names = "--owner",
            paramLabel = "ROLE",
            description =
                    "The role that owns the tenant's tables, where it is another one: only a member"
                            + " of it may alter them.")
    private String owner;

    @Option(
            names = "--without-create",
            description =
                    "Grant no 'create' on the database: the schema 'skein' is made by whoever runs"
                            + " this.")
    private boolean withoutCreate;

    @Override
    public Integer call() {
        if (role.equals(RESERVED)) {
            throw CommandFailed.usage(
                    "--role 'skein' has the name of the ledger's schema, to which the default"
                            + " search path would lead it; take another, such as skein_agent");
        }
        AgentGrants grants = grants();
        spec.commandLine()
                .getOut()
                .print(
                        """
                        -- Once a server, as a superuser. Give the role its password with
                        -- \\password %1$s in psql. It needs no more than this, and must not be a
                        -- superuser where tenants own their databases.
                        %2$s-- Optional: reports then say who holds a lock in the agent's way.
                        %3$s
                        -- In each tenant's database, here %4$s, as a superuser or its owner.
                        %5$s
                        -- New tables belong to %1$s. Give the application its rights on them, once:
                        -- alter default privileges for role %1$s in schema %6$s
                        --   grant select, insert, update, delete on tables to APPLICATION;
                        """
                                .formatted(
                                        role,
                                        grants.ofServer(),
                                        grants.toNameBlockers(),
                                        database,
                                        grants.ofDatabase(),
                                        schema));
        spec.commandLine().getOut().flush();
        return ExitCodes.DONE;
    }

    private AgentGrants grants() {
        try {
            return new AgentGrants(
                    role,
                    database,
                    schema,
                    Optional.ofNullable(owner),
                    format.framework(),
                    !withoutCreate);
        } catch (IllegalArgumentException unusable) {
            throw CommandFailed.usage(unusable.getMessage());
        }
    }
}

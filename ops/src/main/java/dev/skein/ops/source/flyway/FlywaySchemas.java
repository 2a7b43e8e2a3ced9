package dev.skein.ops.source.flyway;

import dev.skein.engine.sql.SqlText;
import dev.skein.protocol.plan.CheckStep;
import dev.skein.protocol.plan.DelegatedStep;
import dev.skein.protocol.plan.Hooks.Hook;
import dev.skein.protocol.plan.ScriptExcerpt;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.plan.StatementStep;
import dev.skein.protocol.plan.Step;
import dev.skein.protocol.plan.VersionTableName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The schemas that the configuration names: those that are missing are created, and the default one
 * leads the search path of every script, before the connection's own, as Flyway sets it.
 */
final class FlywaySchemas {
    private static final String LOOK =
            """
            declare created text[] := array[]::text[]; marked text;
            begin
              if to_regclass(%1$s) is not null then
                if exists (select from %2$s where "type" <> 'SCHEMA') then return; end if;
                select "script" into marked from %2$s where "type" = 'SCHEMA';
              end if;
            """;
    private static final String CREATE =
            """
              if to_regnamespace(%1$s) is null then
                create schema %2$s;
                created := array_append(created, %1$s);
              elsif marked = %1$s then
                created := array_append(created, %1$s);
              end if;
            """;
    private static final String MARK =
            """
              if created = array[]::text[] or to_regclass(%1$s) is null then return; end if;
              update %2$s set "script" = array_to_string(created, ',') where "type" = 'SCHEMA';
              if not found then
                insert into %2$s ("installed_rank", "description", "type", "script",
                    "installed_by", "execution_time", "success")
                  values (0, '<< Flyway Schema Creation >>', 'SCHEMA',
                    array_to_string(created, ','), current_user, 0, true);
              end if;
            end
            """;

    private final Optional<String> defaultSchema;
    private final String table;
    private final List<String> created;

    FlywaySchemas(FlywaySettings settings, VersionTableName versionTable) {
        this.defaultSchema = settings.defaultSchema();
        this.table =
                versionTable.schema().map(schema -> SqlText.identifier(schema) + ".").orElse("")
                        + SqlText.identifier(versionTable.table());
        this.created = settings.createSchemas() ? settings.schemas() : Collections.emptyList();
    }

    /** What creates the schemas, before everything else. */
    List<Hook> creation() {
        return created.isEmpty()
                ? List.of()
                : List.of(new Hook("createSchemas", new ScriptStep(creating())));
    }

    /**
     * Creates what is missing, as Flyway does, where nothing is in the version table yet, and tells
     * of it in the table's row of rank 0. An agent that had to create the table's own schema has
     * made that row already, with this schema alone.
     */
    private String creating() {
        StringBuilder body = new StringBuilder(LOOK.formatted(SqlText.literal(table), table));
        for (String schema : created) {
            String name = SqlText.identifier(schema);
            // Who may use a schema may still lack the right to create one.
            body.append(CREATE.formatted(SqlText.literal(name), name));
        }
        body.append(MARK.formatted(SqlText.literal(table), table));
        return "do " + SqlText.literal(body.toString()) + ";";
    }

    /** The same steps with the schema in their search path. */
    List<Step> on(List<Step> steps) {
        return defaultSchema
                .map(schema -> steps.stream().map(step -> step.accept(new Lead(schema))).toList())
                .orElse(steps);
    }

    private static String searchPath(String schema, boolean local) {
        return "select pg_catalog.set_config('search_path', "
                + SqlText.literal(SqlText.identifier(schema) + ", ")
                + " || pg_catalog.current_setting('search_path'), "
                + local
                + ")";
    }

    private static final class Lead implements Step.Visitor<Step> {
        private final String schema;

        Lead(String schema) {
            this.schema = schema;
        }

        @Override
        public Step on(ScriptStep step) {
            // On the same line, so that the lines of errors stay those of the file.
            return new ScriptStep(searchPath(schema, true) + "; " + step.sql()).at(places(step));
        }

        @Override
        public Step on(StatementStep step) {
            List<String> session = new ArrayList<>();
            session.add(searchPath(schema, false));
            session.addAll(step.session());
            return new StatementStep(
                            session, step.sql(), step.probe(), step.atomicity(), Optional.empty())
                    .at(places(step));
        }

        private static List<ScriptExcerpt> places(Step step) {
            List<ScriptExcerpt> places = new ArrayList<>();
            if (!step.excerpts().isEmpty()) {
                places.add(ScriptExcerpt.nowhere(1));
                places.addAll(step.excerpts());
            }
            return places;
        }

        /** The runner's own settings say where it works. */
        @Override
        public Step on(DelegatedStep step) {
            return step;
        }

        @Override
        public Step on(CheckStep step) {
            return step;
        }
    }
}

package dev.skein.ops.source.flyway;

import dev.skein.protocol.plan.CheckStep;
import dev.skein.protocol.plan.Hooks.Hook;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.plan.StatementStep;
import dev.skein.protocol.plan.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The schemas that the configuration names: those that are missing are created, and the default one
 * leads the search path of every script, ahead of the connection's own, as Flyway sets it.
 */
final class FlywaySchemas {
    private final Optional<String> defaultSchema;
    private final List<String> created;

    FlywaySchemas(FlywaySettings settings) {
        this.defaultSchema = settings.defaultSchema();
        this.created = settings.createSchemas() ? settings.schemas() : Collections.emptyList();
    }

    /** What creates the schemas, ahead of everything else. */
    List<Hook> creation() {
        return created.stream()
                .map(schema -> new Hook("createSchemas", new ScriptStep(creation(schema))))
                .toList();
    }

    /** Asks first: who may use a schema may still lack the right to create one. */
    private static String creation(String schema) {
        String name = quoted(schema);
        return "do "
                + literal(
                        "begin if to_regnamespace("
                                + literal(name)
                                + ") is null then create schema "
                                + name
                                + "; end if; end")
                + ";";
    }

    /** The same steps with the schema in their search path. */
    List<Step> on(List<Step> steps) {
        return defaultSchema
                .map(schema -> steps.stream().map(step -> step.accept(new Lead(schema))).toList())
                .orElse(steps);
    }

    private static String searchPath(String schema, boolean local) {
        return "select pg_catalog.set_config('search_path', "
                + literal(quoted(schema) + ", ")
                + " || pg_catalog.current_setting('search_path'), "
                + local
                + ")";
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private static final class Lead implements Step.Visitor<Step> {
        private final String schema;

        Lead(String schema) {
            this.schema = schema;
        }

        @Override
        public Step on(ScriptStep step) {
            // On the same line, so that the lines of errors stay those of the file.
            return new ScriptStep(searchPath(schema, true) + "; " + step.sql());
        }

        @Override
        public Step on(StatementStep step) {
            List<String> session = new ArrayList<>();
            session.add(searchPath(schema, false));
            session.addAll(step.session());
            return new StatementStep(session, step.sql(), step.probe());
        }

        @Override
        public Step on(CheckStep step) {
            return step;
        }
    }
}

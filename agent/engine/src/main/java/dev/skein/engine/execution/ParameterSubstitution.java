package dev.skein.engine.execution;

import dev.skein.engine.framework.FrameworkRules;
import dev.skein.protocol.event.OrderIssued;
import dev.skein.protocol.plan.Atomicity;
import dev.skein.protocol.plan.CheckStep;
import dev.skein.protocol.plan.DelegatedStep;
import dev.skein.protocol.plan.Hooks;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Parameter;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.plan.StatementStep;
import dev.skein.protocol.plan.Step;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A plan made for one database: each token of its parameters is replaced by that database's value,
 * once, so that a value that looks like a token stays as it is.
 *
 * @param plan with all values filled in, or as it was if one is missing
 * @param refusal why a value is missing
 */
record ParameterSubstitution(Plan plan, Optional<Refusal> refusal) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    static ParameterSubstitution of(Assignment assignment, SessionContext sessionContext) {
        Plan plan = assignment.plan();
        Map<String, String> values = new LinkedHashMap<>();
        for (Parameter parameter : plan.parameters().orElse(List.of())) {
            Optional<String> value = value(parameter, assignment, sessionContext);
            if (value.isEmpty()) {
                return new ParameterSubstitution(
                        plan, Optional.of(missing(parameter, assignment.order())));
            }
            values.put(parameter.token(), value.get());
        }
        return new ParameterSubstitution(
                values.isEmpty() ? plan : filled(plan, values), Optional.empty());
    }

    private static Optional<String> value(
            Parameter parameter, Assignment assignment, SessionContext sessionContext) {
        return switch (parameter.source()) {
            case LABEL -> Optional.ofNullable(assignment.labels().get(parameter.name()));
            case DATABASE -> Optional.of(assignment.order().database().database());
            case DEFAULT_SCHEMA -> sessionContext.schema();
            case USER -> Optional.of(sessionContext.user());
            case TIMESTAMP -> Optional.of(TIME.format(assignment.order().at()));
        };
    }

    private static Refusal missing(Parameter parameter, OrderIssued order) {
        return switch (parameter.source()) {
            case DATABASE, DEFAULT_SCHEMA, USER, TIMESTAMP ->
                    new Refusal.Mismatch(
                            "no-schema",
                            "no schema of "
                                    + order.database()
                                    + "'s search path exists, so there is nothing to put in for "
                                    + parameter.token());
            case LABEL ->
                    new Refusal.Mismatch(
                            "missing-label",
                            "database "
                                    + order.database()
                                    + " has no label '"
                                    + parameter.name()
                                    + "', which the plan puts in for "
                                    + parameter.token()
                                    + "; add it in the configuration of its agent and retry");
        };
    }

    private static Plan filled(Plan plan, Map<String, String> values) {
        Filler filler = new Filler(values);
        FrameworkRules rules = FrameworkRules.of(plan);
        return new Plan(
                plan.framework(),
                plan.versionTable(),
                plan.migrations().stream().map(m -> filled(rules, m, filler)).toList(),
                plan.gaps(),
                plan.parameters(),
                plan.hooks()
                        .map(h -> new Hooks(hooks(h.before(), filler), hooks(h.after(), filler))),
                plan.rehearsal(),
                plan.leftOut());
    }

    private static List<Hooks.Hook> hooks(List<Hooks.Hook> hooks, Filler filler) {
        return hooks.stream()
                .map(hook -> new Hooks.Hook(hook.name(), hook.step().accept(filler)))
                .toList();
    }

    private static Migration filled(FrameworkRules rules, Migration migration, Filler filler) {
        List<Step> up = steps(migration.up(), filler);
        Optional<String> own = checksum(rules, migration, up);
        return new Migration(
                migration.kind(),
                migration.version(),
                migration.description(),
                migration.script(),
                own.or(migration::checksum),
                up,
                migration.down().map(steps -> steps(steps, filler)),
                migration.parents(),
                own.isPresent() ? withRaw(migration) : migration.equivalents(),
                migration.generatedDown());
    }

    private static List<Step> steps(List<Step> steps, Filler filler) {
        return steps.stream().map(step -> step.accept(filler)).toList();
    }

    /**
     * The checksum of a repeatable migration with the database's values, for a framework that
     * includes them. Present where the text of its only step is the whole file's, which the plan's
     * checksum tells.
     */
    private static Optional<String> checksum(
            FrameworkRules rules, Migration migration, List<Step> up) {
        boolean counts =
                migration.kind() == MigrationKind.REPEATABLE
                        && !migration.up().equals(up)
                        && up.size() == 1;
        Optional<String> raw = counts ? checksum(rules, migration.up().get(0)) : Optional.empty();
        return raw.isPresent() && raw.equals(migration.checksum())
                ? checksum(rules, up.get(0))
                : Optional.empty();
    }

    private static Optional<String> checksum(FrameworkRules rules, Step step) {
        return rules.checksumOf(step.text());
    }

    private static Optional<List<String>> withRaw(Migration migration) {
        List<String> all = new ArrayList<>(migration.equivalents().orElse(List.of()));
        migration.checksum().ifPresent(all::add);
        return Optional.of(all);
    }

    /** Puts values into the SQL of steps. */
    private static final class Filler implements Step.Visitor<Step> {
        /** Letters and digits, which neither begin nor end a literal, a comment or a statement. */
        private static final Pattern PLAIN = Pattern.compile("\\w+(?:[ .:-]\\w+)*");

        /** What may end a line or a statement, or hide the end of one. */
        private static final Pattern COUNTED = Pattern.compile("[\\n\\r;'\"$\\\\]|--|/\\*|\\*/");

        private final Map<String, String> values;
        private final Pattern tokens;

        Filler(Map<String, String> values) {
            this.values = values;
            // The longest first, in case one token is the beginning of another.
            Stream<String> longestFirst =
                    values.keySet().stream().sorted((a, b) -> b.length() - a.length());
            this.tokens =
                    Pattern.compile(
                            longestFirst.map(Pattern::quote).collect(Collectors.joining("|")));
        }

        private String fill(String sql) {
            return tokens.matcher(sql)
                    .replaceAll(found -> Matcher.quoteReplacement(values.get(found.group())));
        }

        /**
         * Whether the text has the same statements with its values as it had with their tokens,
         * from which its atomicity was read. A value with a quote or a semicolon could change them.
         */
        private boolean keepsStructure(String sql) {
            return tokens.matcher(sql)
                    .results()
                    .allMatch(
                            found ->
                                    PLAIN.matcher(values.get(found.group())).matches()
                                            && !sql.startsWith("$", found.start() - 1));
        }

        /** Whether statements and lines are counted with the values as they are without. */
        private boolean keepsPlaces(String sql) {
            return tokens.matcher(sql)
                    .results()
                    .noneMatch(found -> COUNTED.matcher(values.get(found.group())).find());
        }

        @Override
        public Step on(ScriptStep step) {
            return new ScriptStep(fill(step.sql()))
                    .at(keepsPlaces(step.sql()) ? step.excerpts() : List.of());
        }

        @Override
        public Step on(StatementStep step) {
            List<String> session = step.session().stream().map(this::fill).toList();
            Optional<Atomicity> atomicity =
                    step.atomicity().filter(known -> keepsStructure(step.sql()));
            boolean placed =
                    keepsPlaces(step.sql()) && step.session().stream().allMatch(this::keepsPlaces);
            return new StatementStep(
                    session,
                    fill(step.sql()),
                    step.probe(),
                    atomicity,
                    step.places().filter(known -> placed));
        }

        /** Values are put into SQL; what a run is told of its tenant is its runner's. */
        @Override
        public Step on(DelegatedStep step) {
            return step;
        }

        @Override
        public Step on(CheckStep step) {
            return new CheckStep(step.name(), fill(step.query()), step.expected());
        }
    }
}

package dev.skein.ops.source.flyway;

import dev.skein.ops.source.Variables;
import dev.skein.protocol.plan.Parameter;
import dev.skein.protocol.plan.ParameterSource;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The values of placeholders: known when the plan is built, or left to each database as a {@link
 * Parameter} whose token occurs in none of the scripts. Names are read without regard to case.
 */
final class FlywayValues {
    private static final String WORKING_DIRECTORY = "workingdirectory";

    private final FlywaySettings settings;
    private final Map<String, String> given = new TreeMap<>();
    private final Map<String, String> labels = new TreeMap<>();
    private final Collection<String> texts;
    private final Map<String, Parameter> parameters = new TreeMap<>();

    /**
     * @param variables what a person gave; they win over the configuration
     * @param texts all scripts of the plan
     */
    FlywayValues(FlywaySettings settings, Variables variables, Collection<String> texts) {
        this.settings = settings;
        this.texts = texts;
        settings.placeholders().forEach((name, value) -> given.put(folded(name), value));
        variables.values().forEach((name, value) -> given.put(folded(name), value));
        variables.labels().forEach((name, label) -> labels.put(folded(name), label));
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** What stands in the plan for a placeholder of this file; empty if nobody knows. */
    Optional<String> value(String name, FlywayFile file) {
        String key = folded(name);
        if (labels.containsKey(key)) {
            return Optional.of(token(ParameterSource.LABEL, labels.get(key)));
        }
        if (given.containsKey(key)) {
            return Optional.of(given.get(key));
        }
        return key.startsWith(ownPrefix())
                ? own(key.substring(ownPrefix().length()), file)
                : Optional.empty();
    }

    /** Whether it is the one whose value belongs to the machine on which Flyway runs. */
    boolean isMachines(String name) {
        return folded(name).equals(ownPrefix() + WORKING_DIRECTORY);
    }

    private String ownPrefix() {
        return folded("flyway" + settings.syntax().separator());
    }

    private Optional<String> own(String name, FlywayFile file) {
        return switch (name) {
            case "filename" -> Optional.of(file.fileName());
            case "table" -> Optional.of(settings.table());
            case "environment" -> Optional.of(settings.environment());
            case "defaultschema" ->
                    settings.defaultSchema()
                            .or(() -> Optional.of(token(ParameterSource.DEFAULT_SCHEMA, name)));
            case "user" -> Optional.of(token(ParameterSource.USER, name));
            case "database" -> Optional.of(token(ParameterSource.DATABASE, name));
            case "timestamp" -> Optional.of(token(ParameterSource.TIMESTAMP, name));
            default -> Optional.empty();
        };
    }

    private String token(ParameterSource source, String name) {
        return parameters
                .computeIfAbsent(
                        source.label() + " " + name,
                        key -> new Parameter(free(source, name), source, name))
                .token();
    }

    private String free(ParameterSource source, String name) {
        String word = (source.label() + "_" + name).replaceAll("[^A-Za-z0-9]+", "_");
        String token = "__skein_" + folded(word) + "__";
        int number = parameters.size();
        while (isTaken(token)) {
            token = "__skein_" + folded(word) + "_" + ++number + "__";
        }
        return token;
    }

    private boolean isTaken(String token) {
        return texts.stream().anyMatch(text -> text.contains(token))
                || given.values().stream().anyMatch(value -> value.contains(token))
                || parameters.values().stream().anyMatch(each -> each.token().equals(token));
    }

    /** Whether this text has to be completed in each database. */
    boolean hasParameter(String text) {
        return parameters.values().stream().anyMatch(each -> text.contains(each.token()));
    }

    /** Those that were asked for; absent where there are none. */
    Optional<List<Parameter>> parameters() {
        return parameters.isEmpty()
                ? Optional.empty()
                : Optional.of(List.copyOf(parameters.values()));
    }
}

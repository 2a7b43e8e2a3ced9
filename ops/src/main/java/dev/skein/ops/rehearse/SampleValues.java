package dev.skein.ops.rehearse;

import dev.skein.ops.scratch.ScratchDatabase;
import dev.skein.protocol.plan.Parameter;
import dev.skein.protocol.plan.ParameterSource;
import dev.skein.protocol.plan.Plan;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What stands in a scratch database for the values that each database of a fleet has of its own.
 *
 * @param labels values by label; a label that is not among them has its own name for a value
 * @param now what the parameter {@code timestamp} says
 */
public record SampleValues(Map<String, String> labels, Instant now) {
    static final String DEFAULT_SCHEMA = "public";
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    /** Copies the map. */
    public SampleValues {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    }

    /** The labels that the plan's parameters ask for. */
    Map<String, String> labelsOf(Plan plan) {
        Map<String, String> values = new LinkedHashMap<>();
        plan.parameters().orElse(List.of()).stream()
                .filter(each -> each.source() == ParameterSource.LABEL)
                .forEach(each -> values.put(each.name(), label(each.name())));
        return values;
    }

    /** The value of the label of that name. */
    String label(String name) {
        return labels.getOrDefault(name, name);
    }

    /** The text with the values of that database in the places of the plan's parameters. */
    String filled(Plan plan, ScratchDatabase database, String sql) {
        String text = sql;
        for (Map.Entry<String, String> each : of(plan, database).entrySet()) {
            text = text.replace(each.getKey(), each.getValue());
        }
        return text;
    }

    private Map<String, String> of(Plan plan, ScratchDatabase database) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Parameter each : plan.parameters().orElse(List.of())) {
            values.put(each.token(), value(each, database));
        }
        return values;
    }

    private String value(Parameter parameter, ScratchDatabase database) {
        return switch (parameter.source()) {
            case LABEL -> label(parameter.name());
            case DATABASE -> database.name();
            case DEFAULT_SCHEMA -> DEFAULT_SCHEMA;
            case USER -> database.user();
            case TIMESTAMP -> TIMESTAMP.format(now);
        };
    }
}

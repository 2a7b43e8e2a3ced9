package dev.skein.ops.trial;

import dev.skein.ops.scratch.ScratchDatabase;
import dev.skein.protocol.plan.Parameter;
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
    private static final String DEFAULT_SCHEMA = "public";
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    /** Copies the map. */
    public SampleValues {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    }

    /** By token, the value of each of the plan's parameters in that database. */
    Map<String, String> of(Plan plan, ScratchDatabase database) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Parameter each : plan.parameters().orElse(List.of())) {
            values.put(each.token(), value(each, database));
        }
        return values;
    }

    private String value(Parameter parameter, ScratchDatabase database) {
        return switch (parameter.source()) {
            case LABEL -> labels.getOrDefault(parameter.name(), parameter.name());
            case DATABASE -> database.name();
            case DEFAULT_SCHEMA -> DEFAULT_SCHEMA;
            case USER -> database.user();
            case TIMESTAMP -> TIMESTAMP.format(now);
        };
    }
}

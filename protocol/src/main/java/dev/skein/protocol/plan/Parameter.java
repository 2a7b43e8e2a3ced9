package dev.skein.protocol.plan;

/**
 * A text in the plan's SQL for which each database has a value of its own.
 *
 * @param token as it stands in the SQL of steps, and nowhere else in the plan
 * @param source where the value comes from
 * @param name of the label, where the source is a label; else the framework's name for the value
 */
public record Parameter(String token, ParameterSource source, String name) {
    /**
     * @throws IllegalArgumentException if token or name is blank
     */
    public Parameter {
        if (token.isBlank() || name.isBlank()) {
            throw new IllegalArgumentException("a parameter needs a token and a name");
        }
    }
}

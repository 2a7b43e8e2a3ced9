package dev.skein.ops.downs;

import dev.skein.ops.schema.ScriptText;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A down that is not proven yet.
 *
 * @param statements in the order of execution
 * @param losses what they lose
 */
record CandidateDown(List<String> statements, List<String> losses) {
    private static final Pattern QUALIFIER = Pattern.compile("(?<![\\w\"$.])public\\.(?=[\\w\"])");

    private static final Pattern CAST =
            Pattern.compile(
                    "(?s)^(ALTER TABLE .* TYPE .* USING (?:\"(?:[^\"]|\"\")+\"|\\w+))(::.*)$");

    CandidateDown {
        statements = List.copyOf(statements);
        losses = List.copyOf(losses);
    }

    /**
     * The same with names that resolve by the search path, as migrations for tenants in schemas of
     * their own are written.
     */
    CandidateDown unqualified() {
        return new CandidateDown(
                statements.stream().map(each -> QUALIFIER.matcher(each).replaceAll("")).toList(),
                losses);
    }

    /**
     * The same, with retyped columns cast through text: there is no cast from one enumeration to
     * another.
     */
    CandidateDown castThroughText() {
        return new CandidateDown(
                statements.stream()
                        .map(each -> CAST.matcher(each).replaceFirst("$1::text$2"))
                        .toList(),
                losses);
    }

    /** The same, with each trigger as the server itself defines it. */
    CandidateDown with(TriggerDefinitions triggers) {
        return new CandidateDown(triggers.worded(statements), losses);
    }

    /** The same with more losses. */
    CandidateDown and(List<String> more) {
        return new CandidateDown(
                statements, Stream.concat(losses.stream(), more.stream()).toList());
    }

    String sql() {
        return ScriptText.join(statements);
    }
}

package dev.skein.ops.downs;

import dev.skein.ops.schema.Scripts;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A down that is not proven yet.
 *
 * @param statements in the order of execution
 * @param losses what they lose
 */
record Candidate(List<String> statements, List<String> losses) {
    private static final Pattern QUALIFIER = Pattern.compile("(?<![\\w\"$.])public\\.(?=[\\w\"])");

    private static final Pattern CAST =
            Pattern.compile(
                    "(?s)^(ALTER TABLE .* TYPE .* USING (?:\"(?:[^\"]|\"\")+\"|\\w+))(::.*)$");

    Candidate {
        statements = List.copyOf(statements);
        losses = List.copyOf(losses);
    }

    /**
     * The same with names that resolve by the search path, as migrations for tenants in schemas of
     * their own are written.
     */
    Candidate unqualified() {
        return new Candidate(
                statements.stream().map(each -> QUALIFIER.matcher(each).replaceAll("")).toList(),
                losses);
    }

    /** The same with columns retyped by way of text, as from one enumeration to another. */
    Candidate castThroughText() {
        return new Candidate(
                statements.stream()
                        .map(each -> CAST.matcher(each).replaceFirst("$1::text$2"))
                        .toList(),
                losses);
    }

    /** The same with triggers in the server's own words. */
    Candidate with(Triggers triggers) {
        return new Candidate(triggers.worded(statements), losses);
    }

    /** The same with more losses. */
    Candidate and(List<String> more) {
        return new Candidate(statements, Stream.concat(losses.stream(), more.stream()).toList());
    }

    String sql() {
        return Scripts.join(statements);
    }
}

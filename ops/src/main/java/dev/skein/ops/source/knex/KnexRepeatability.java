package dev.skein.ops.source.knex;

import dev.skein.ops.source.SqlExcerpt;
import dev.skein.protocol.plan.ScriptStep;
import dev.skein.protocol.plan.StatementStep;
import dev.skein.protocol.plan.Step;
import java.util.List;
import java.util.Optional;

/** Says why a run could send other SQL in a tenant's database. */
final class KnexRepeatability {
    private KnexRepeatability() {}

    /** What was sent first, again, and with untrue answers. */
    record Versions(List<Step> first, RecordedRun again, List<Step> second, List<Trial> trials) {}

    /** A run with untrue answers and what it would have done. */
    record Trial(RecordedRun run, List<Step> steps) {}

    /** The first reason, or empty if there is none. */
    static Optional<String> reason(Versions versions) {
        return differs(versions)
                .or(
                        () ->
                                versions.trials().stream()
                                        .flatMap(each -> onRows(versions, each).stream())
                                        .findFirst())
                .or(() -> onEnvironment(versions.again()));
    }

    private static Optional<String> differs(Versions versions) {
        if (versions.again().error().isPresent()) {
            return Optional.of(
                    "it fails the second time: " + versions.again().error().get().shown());
        }
        return difference(versions.first(), versions.second())
                .map(each -> "its SQL is not the same twice: first " + each);
    }

    private static Optional<String> onRows(Versions versions, Trial trial) {
        String asked =
                trial.run().rows().stream()
                        .findFirst()
                        .map(sql -> "depends on the rows that it finds with " + SqlExcerpt.of(sql))
                        .orElse("depends on what the database answers to its statements");
        String where =
                trial.run().trial().equals(Optional.of("none")) ? "without any" : "with others";
        // A failed run sends nothing, so its failure says more than the missing statements.
        return trial.run()
                .error()
                .map(error -> "it " + asked + ", " + where + " it fails: " + error.shown())
                .or(
                        () ->
                                difference(versions.first(), trial.steps())
                                        .map(
                                                each ->
                                                        "its SQL "
                                                                + asked
                                                                + ", "
                                                                + where
                                                                + " it differs: first "
                                                                + each));
    }

    private static Optional<String> onEnvironment(RecordedRun run) {
        if (run.variables().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                (run.variables().size() == 1
                                ? "it reads the environment variable "
                                : "it reads the environment variables ")
                        + String.join(", ", run.variables()));
    }

    private static Optional<String> difference(List<Step> one, List<Step> other) {
        if (one.equals(other)) {
            return Optional.empty();
        }
        int at = 0;
        int shorter = Math.min(one.size(), other.size());
        while (at < shorter && one.get(at).equals(other.get(at))) {
            at++;
        }
        String first = at < one.size() ? text(one.get(at)) : "nothing";
        String second = at < other.size() ? text(other.get(at)) : "nothing";
        return Optional.of(SqlExcerpt.difference(first, second));
    }

    private static String text(Step step) {
        if (step instanceof StatementStep statement) {
            return statement.sql();
        }
        String sql = ((ScriptStep) step).sql();
        return sql.isEmpty() ? "nothing" : sql;
    }
}

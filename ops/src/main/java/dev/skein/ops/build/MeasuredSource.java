package dev.skein.ops.build;

import dev.skein.ops.source.PlanProblemCode;
import dev.skein.ops.source.PlanProblems;
import dev.skein.ops.source.PlanRefused;
import dev.skein.ops.source.PlanSource;
import dev.skein.ops.source.SourceOption;
import dev.skein.ops.source.SourceSettings;
import dev.skein.protocol.SizeLimits;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.Step;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A source whose plans fit into the log: what is too large is named, and what to do about it. */
final class MeasuredSource implements PlanSource {
    private static final int MIB_BITS = 20;
    private static final int LARGEST_NAMED = 3;

    private final PlanSource source;
    private final long scriptMax;
    private final long planMax;

    MeasuredSource(PlanSource source) {
        this(source, SizeLimits.SCRIPT_BYTES_MAX, SizeLimits.PLAN_BYTES_MAX);
    }

    MeasuredSource(PlanSource source, long scriptMax, long planMax) {
        this.source = source;
        this.scriptMax = scriptMax;
        this.planMax = planMax;
    }

    @Override
    public Set<SourceOption> options() {
        return source.options();
    }

    @Override
    public Plan read(Path directory, SourceSettings settings) {
        Plan plan = source.read(directory, settings);
        List<Measured> scripts =
                plan.migrations().stream()
                        .flatMap(
                                each ->
                                        Stream.of(
                                                Measured.of(each, each.up()),
                                                Measured.of(each, each.down().orElse(List.of()))))
                        .toList();
        PlanProblems problems = new PlanProblems();
        scripts.stream()
                .filter(each -> each.bytes() > scriptMax)
                .forEach(each -> refuse(each, problems));
        long all = scripts.stream().mapToLong(Measured::jsonBytes).sum();
        if (problems.isEmpty() && all > planMax) {
            refuseAll(directory, all, scripts, problems);
        }
        if (!problems.isEmpty()) {
            throw new PlanRefused(plan.framework(), directory, problems.inOrder());
        }
        return plan;
    }

    /**
     * What one direction of a migration has.
     *
     * @param bytes of its statements
     * @param jsonBytes of them as JSON writes them, which is what travels
     */
    private record Measured(Migration migration, long bytes, long jsonBytes) {
        static Measured of(Migration migration, List<Step> steps) {
            long bytes = steps.stream().mapToLong(each -> utf8(each.text())).sum();
            long escapes = steps.stream().mapToLong(each -> escapes(each.text())).sum();
            return new Measured(migration, bytes, bytes + escapes);
        }

        private static long utf8(String text) {
            return text.getBytes(StandardCharsets.UTF_8).length;
        }

        private static long escapes(String text) {
            return text.chars().filter(each -> each < ' ' || each == '"' || each == '\\').count();
        }

        String describe() {
            return migration.script() + " with " + (bytes >> MIB_BITS) + " MiB";
        }
    }

    private void refuse(Measured script, PlanProblems problems) {
        problems.add(
                script.migration().script(),
                PlanProblemCode.TOO_LARGE,
                "its statements have %d bytes; a script may have %d (%d MiB)"
                        .formatted(script.bytes(), scriptMax, scriptMax >> MIB_BITS),
                "Divide it into several migrations");
    }

    private void refuseAll(
            Path directory, long all, List<Measured> scripts, PlanProblems problems) {
        List<String> largest =
                scripts.stream()
                        .filter(each -> each.bytes() > 0)
                        .sorted(Comparator.comparingLong(Measured::bytes).reversed())
                        .limit(LARGEST_NAMED)
                        .map(Measured::describe)
                        .toList();
        problems.add(
                directory.toString(),
                PlanProblemCode.TOO_LARGE,
                "the statements of all migrations have %d bytes; a plan may have %d (%d MiB)"
                                .formatted(all, planMax, planMax >> MIB_BITS)
                        + "; the largest are "
                        + String.join(", ", largest),
                "Load such data outside of migrations, or replace the oldest migrations by one that"
                        + " makes what they have made");
    }
}

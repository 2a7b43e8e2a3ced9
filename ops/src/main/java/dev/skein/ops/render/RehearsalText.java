package dev.skein.ops.render;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.ops.rehearse.CheckAnswer;
import dev.skein.ops.rehearse.LockMode;
import dev.skein.ops.rehearse.RehearsalReport;
import dev.skein.ops.rehearse.RehearsedRun;
import dev.skein.ops.rehearse.WayBack;
import dev.skein.protocol.plan.Rehearsal;
import dev.skein.protocol.plan.RehearsedStep;
import dev.skein.protocol.plan.TableLock;
import dev.skein.protocol.text.ShortList;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a rehearsal found, for a person. */
public final class RehearsalText {
    private static final String LOCK = "Lock";
    private static final int TABLES_MAX = 4;
    private static final int NAMED_MAX = 5;

    private RehearsalText() {}

    /**
     * The whole report.
     *
     * @param limit how long a step may keep others from writing without being marked
     * @param columns how wide the table of steps may be
     */
    public static String of(RehearsalReport report, Duration limit, Columns columns) {
        StringBuilder text = new StringBuilder();
        text.append(steps(report, limit).within(columns));
        text.append('\n').append(totals(report, limit));
        appendLeftOut(text, report.leftOut());
        text.append(columns.fit(delegated(report.delegated())));
        appendWaysBack(text, report);
        report.checks().forEach(each -> text.append(check(each)));
        return text.toString();
    }

    private static Table steps(RehearsalReport report, Duration limit) {
        Table table = new Table("MIGRATION", "STEP", "TIME", "", "LOCKS");
        for (RehearsedStep step : report.rehearsal().steps()) {
            table.row(
                    step.migration(),
                    (step.up() ? "up " : "down ") + (step.index() + 1),
                    time(step.elapsed()),
                    isMarked(step, limit) ? "!" : "",
                    locks(step.locks()));
        }
        return table;
    }

    private static String totals(RehearsalReport report, Duration limit) {
        List<RehearsedStep> steps = report.rehearsal().steps();
        long marked = steps.stream().filter(each -> isMarked(each, limit)).count();
        return "PostgreSQL %s, %s: up %s in %s, down %s in %s\n"
                        .formatted(
                                report.rehearsal().server(),
                                report.rehearsal()
                                        .template()
                                        .map(name -> "on copies of " + name)
                                        .orElse("on an empty database"),
                                count(steps, true),
                                total(steps, true),
                                count(steps, false),
                                total(steps, false))
                + (marked == 0
                        ? ""
                        : "! %s for longer than %s\n"
                                .formatted(
                                        marked == 1
                                                ? "1 step keeps others from writing"
                                                : marked + " steps keep others from writing",
                                        time(limit)));
    }

    private static String count(List<RehearsedStep> steps, boolean up) {
        return Fields.number((int) steps.stream().filter(each -> each.up() == up).count(), "step");
    }

    private static String total(List<RehearsedStep> steps, boolean up) {
        return time(
                steps.stream()
                        .filter(each -> each.up() == up)
                        .map(RehearsedStep::elapsed)
                        .reduce(Duration.ZERO, Duration::plus));
    }

    private static boolean isMarked(RehearsedStep step, Duration limit) {
        return step.elapsed().compareTo(limit) > 0
                && step.locks().stream().anyMatch(each -> LockMode.isStrong(each.mode()));
    }

    /** By mode, the strongest first: {@code AccessExclusive public.invoice}. */
    private static String locks(List<TableLock> locks) {
        SortedMap<String, List<String>> byMode = new TreeMap<>(LockMode.STRONGEST_FIRST);
        locks.forEach(
                each ->
                        byMode.computeIfAbsent(each.mode(), mode -> new ArrayList<>())
                                .add(each.table()));
        return byMode.entrySet().stream()
                .map(
                        each ->
                                shortened(each.getKey())
                                        + " "
                                        + ShortList.of(each.getValue(), TABLES_MAX))
                .collect(Collectors.joining("; "));
    }

    private static String shortened(String mode) {
        return mode.endsWith(LOCK) ? mode.substring(0, mode.length() - LOCK.length()) : mode;
    }

    /** What a rehearsal cannot say of a program. */
    private static String delegated(List<RehearsedRun> runs) {
        if (runs.isEmpty()) {
            return "";
        }
        List<String> migrations =
                runs.stream()
                        .map(each -> each.migration() + " (" + each.runner() + ")")
                        .distinct()
                        .toList();
        return "carried out by runners: "
                + ShortList.of(migrations, NAMED_MAX)
                + "; what these do with rows that are not here is not known, and what they do"
                + " outside of the database has happened\n";
    }

    private static void appendLeftOut(StringBuilder text, List<String> leftOut) {
        if (!leftOut.isEmpty()) {
            text.append(Fields.number(leftOut.size(), "migration"))
                    .append(" left out, there already or replaced: ")
                    .append(ShortList.of(leftOut, NAMED_MAX))
                    .append('\n');
        }
    }

    private static void appendWaysBack(StringBuilder text, RehearsalReport report) {
        for (WayBack.Verdict verdict : WayBack.Verdict.values()) {
            List<WayBack> ways = report.waysBack(verdict);
            if (!ways.isEmpty()) {
                text.append(Fields.number(ways.size(), "migration")).append(words(verdict));
                ways.stream()
                        .filter(each -> verdict != WayBack.Verdict.PROVEN)
                        .forEach(each -> text.append(line(each)));
            }
        }
    }

    private static String words(WayBack.Verdict verdict) {
        return switch (verdict) {
            case PROVEN -> " down and up again: the schema of before came back\n";
            case NONE -> " without a down:\n";
            case DIFFERENT -> " whose down does not bring back the schema of before:\n";
            case FAILED -> " whose down failed:\n";
        };
    }

    private static String line(WayBack way) {
        return "  "
                + way.migration()
                + " ("
                + way.script()
                + ")"
                + way.reason().map(each -> ": " + each).orElse("")
                + "\n";
    }

    private static String check(CheckAnswer answer) {
        if (answer.check().expected().isPresent()) {
            return expected(answer);
        }
        String verdict = answer.isChanged() ? "changed" : "same";
        return "check '%s' %s: before %s, after %s\n"
                .formatted(answer.check().name(), verdict, answer.before(), answer.after());
    }

    /** What gives the answer that it must give has passed, whatever it gave before. */
    private static String expected(CheckAnswer answer) {
        String name = answer.check().name();
        return answer.isWrong()
                ? "check '%s' FAILED: expected %s, got %s (before the plan %s)\n"
                        .formatted(
                                name,
                                answer.check().expected().orElse(""),
                                answer.after(),
                                answer.before())
                : "check '%s' passed: %s, as expected\n".formatted(name, answer.after());
    }

    private static String time(Duration duration) {
        return duration.toMillis() < 10_000
                ? duration.toMillis() + " ms"
                : duration.toSeconds() + " s";
    }

    /**
     * What to say where servers of the fleet run another major version.
     *
     * @param agents items of {@code GET /agents}
     */
    public static Optional<String> otherVersion(Rehearsal rehearsal, JsonNode agents) {
        List<String> others = new ArrayList<>();
        for (JsonNode agent : agents.path("items")) {
            for (JsonNode each : agent.path("servers")) {
                String version = each.path("version").asText("");
                if (!version.isEmpty() && !Rehearsal.major(version).equals(rehearsal.major())) {
                    others.add(Fields.text(each, "server") + " (" + Visible.of(version) + ")");
                }
            }
        }
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "rehearsed on PostgreSQL "
                                + rehearsal.server()
                                + ", and these servers of the fleet run another major version: "
                                + ShortList.of(others, NAMED_MAX)
                                + "; rehearse on theirs, with --scratch");
    }
}

package dev.skein.ops.render;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the rules say of a plan, as a compiler says it. */
public final class LintText {
    private LintText() {}

    /** Each finding with its line, then the counts. */
    public static String of(JsonNode report, Columns columns) {
        StringBuilder text = new StringBuilder();
        report.path("findings").forEach(each -> finding(text, each, columns));
        report.path("unread")
                .forEach(
                        each -> line(text, columns, "not looked at: " + Visible.of(each.asText())));
        report.path("unusedSuppressions")
                .forEach(
                        each ->
                                line(
                                        text,
                                        columns,
                                        "suppresses nothing: " + Visible.of(each.asText())));
        line(text, columns, summary(report));
        return text.toString();
    }

    private static void finding(StringBuilder text, JsonNode finding, Columns columns) {
        line(
                text,
                columns,
                place(finding)
                        + ": "
                        + finding.path("severity").asText()
                        + ": "
                        + Visible.of(finding.path("object").asText())
                        + ": "
                        + Visible.of(finding.path("message").asText())
                        + " ["
                        + finding.path("rule").asText()
                        + "]");
        text.append("    ").append(Visible.of(finding.path("statement").asText())).append('\n');
        if (finding.has("remedy")) {
            line(text, columns, "    safe: " + Visible.of(finding.path("remedy").asText()));
        }
    }

    private static String place(JsonNode finding) {
        String file = Visible.of(finding.path("file").asText());
        return finding.has("line")
                ? file + ":" + finding.path("line").asInt()
                : file + ", statement " + finding.path("number").asInt();
    }

    private static String summary(JsonNode report) {
        List<String> parts = new ArrayList<>();
        int migrations = report.path("migrations").asInt();
        parts.add(migrations + (migrations == 1 ? " migration" : " migrations") + classes(report));
        report.path("counts")
                .properties()
                .forEach(
                        each ->
                                parts.add(
                                        each.getValue().asInt()
                                                + " "
                                                + each.getKey()
                                                + (each.getValue().asInt() == 1 ? "" : "s")));
        if (report.path("suppressed").asInt() > 0) {
            parts.add(report.path("suppressed").asInt() + " suppressed");
        }
        if (report.path("out").asInt() > 0) {
            parts.add(report.path("out").asInt() + " out already and not looked at");
        }
        return String.join(", ", parts);
    }

    /** How many there are of each class. */
    private static String classes(JsonNode report) {
        Map<String, Integer> counts = new TreeMap<>();
        report.path("classes").forEach(each -> counts.merge(each.asText(), 1, Integer::sum));
        return counts.entrySet().stream()
                .map(each -> each.getValue() + " " + each.getKey())
                .collect(Collectors.joining(", ", " (", ")"));
    }

    private static void line(StringBuilder text, Columns columns, String line) {
        text.append(columns.fit(line)).append('\n');
    }
}

package dev.skein.ops.source.plain;

import dev.skein.ops.source.PlanProblemCode;
import dev.skein.ops.source.PlanProblems;
import dev.skein.ops.source.SourceScript;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the comment lines before a script's first statement tell Skein: {@code -- skein:
 * transaction=none} and nothing else yet.
 */
final class ScriptHeader {
    static final String TRANSACTION_NONE = "-- skein: transaction=none";

    private static final Pattern LEADING_LINE =
            Pattern.compile("\\G[ \\t]*(--(?<comment>[^\\r\\n]*))?(\\r?\\n|\\z)");
    private static final Pattern HEADER = Pattern.compile("\\s*skein:(?<entries>.*)");
    private static final String SETTING = "transaction=none";

    private ScriptHeader() {}

    /** Whether each statement runs by itself; an unknown entry is a problem. */
    static boolean saysTransactionNone(SourceScript script, PlanProblems problems) {
        boolean none = false;
        Matcher line = LEADING_LINE.matcher(script.text());
        while (line.find() && line.end() > line.start()) {
            String comment = line.group("comment");
            Matcher header = HEADER.matcher(comment == null ? "" : comment);
            if (header.matches()) {
                refuseUnknown(header.group("entries").strip(), script, line.start(), problems);
                none = true;
            }
        }
        return none;
    }

    private static void refuseUnknown(
            String entries, SourceScript script, int at, PlanProblems problems) {
        for (String entry : entries.split("\\s+")) {
            if (!entry.equals(SETTING)) {
                problems.add(
                        script.file(),
                        script.line(at),
                        PlanProblemCode.HEADER,
                        "the header comment has the unknown entry '" + entry + "'",
                        "The only one there is: " + TRANSACTION_NONE);
            }
        }
    }
}

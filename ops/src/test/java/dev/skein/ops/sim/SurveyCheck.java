package dev.skein.ops.sim;

import dev.skein.protocol.event.KeyRange;
import dev.skein.protocol.event.SurveyFindings;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.Plan;
import java.util.ArrayList;
import java.util.List;

/** What a survey says of a database against what is in it. */
final class SurveyCheck {
    private final List<String> planned;
    private final SimDatabase database;

    SurveyCheck(Plan plan, SimDatabase database) {
        this.planned = plan.migrations().stream().map(Migration::key).toList();
        this.database = database;
    }

    void check(SurveyFindings findings) {
        List<String> there =
                database.keepsVersions() ? database.versions().keys() : BooksCheck.whole(database);
        boolean agrees =
                findings.applied() == there.size()
                        && missing(findings).equals(without(planned, there))
                        && findings.unknown().equals(without(there, planned))
                        && findings.failed().equals(database.versions().failedByOthers())
                        && findings.differing().isEmpty()
                        && !findings.lockStuck();
        Violation.unless(
                agrees,
                database.id()
                        + " of the plan "
                        + planned
                        + " holds "
                        + there
                        + ", and a survey says "
                        + findings);
    }

    private List<String> missing(SurveyFindings findings) {
        List<String> keys = new ArrayList<>();
        for (KeyRange range : findings.missing()) {
            int first = planned.indexOf(range.first());
            List<String> part = planned.subList(first, planned.indexOf(range.last()) + 1);
            Violation.unless(part.size() == range.count(), "a range counts otherwise: " + range);
            keys.addAll(part);
        }
        return keys;
    }

    private static List<String> without(List<String> all, List<String> others) {
        return all.stream().filter(each -> !others.contains(each)).toList();
    }
}

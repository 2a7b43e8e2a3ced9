package dev.skein.ops.sim;

import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.ObjectChange;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.Rehearsal;
import dev.skein.protocol.plan.RehearsedStep;
import dev.skein.protocol.plan.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a rehearsal finds: each step in doubt makes one part, or two if it has two transactions. */
final class SimRehearsal {
    static final String DIGEST = "made";

    private static final String PART = "part ";
    private static final String FIRST = "/1";
    private static final String SECOND = "/2";

    private SimRehearsal() {}

    static Plan rehearsed(Plan plan) {
        List<RehearsedStep> steps = new ArrayList<>();
        for (Migration migration : plan.migrations()) {
            add(steps, migration, true, migration.up());
            add(steps, migration, false, migration.down().orElse(List.of()));
        }
        return plan.rehearsed(new Rehearsal(Instant.EPOCH, "17", Optional.empty(), steps));
    }

    private static void add(
            List<RehearsedStep> steps, Migration migration, boolean up, List<Step> of) {
        for (int i = 0; i < of.size(); i++) {
            if (SimSql.isUndecidable(of.get(i))) {
                List<ObjectChange> changes = changes(SimSql.of(of.get(i)), up);
                steps.add(
                        new RehearsedStep(
                                migration.key(),
                                up,
                                i,
                                Duration.ZERO,
                                "before",
                                "after",
                                changes,
                                List.of()));
            }
        }
    }

    private static List<ObjectChange> changes(String sql, boolean up) {
        String object = PART + Schema.object(sql);
        return SimSql.isOfTwoParts(Schema.word(sql))
                ? List.of(change(object + FIRST, up), change(object + SECOND, up))
                : List.of(change(object + SECOND, up));
    }

    private static ObjectChange change(String part, boolean up) {
        Optional<String> there = Optional.of(DIGEST);
        return up
                ? new ObjectChange(part, Optional.empty(), there)
                : new ObjectChange(part, there, Optional.empty());
    }

    static boolean isFirst(String part) {
        return part.endsWith(FIRST);
    }

    static String objectOf(String part) {
        return part.substring(PART.length(), part.length() - FIRST.length());
    }
}

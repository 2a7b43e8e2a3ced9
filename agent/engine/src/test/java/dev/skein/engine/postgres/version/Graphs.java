package dev.skein.engine.postgres.version;

import dev.skein.engine.execution.VersionChange;
import dev.skein.protocol.plan.Ancestry;
import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.MigrationKind;
import dev.skein.protocol.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** Plans of revisions, as one line each. */
final class Graphs {
    private Graphs() {}

    static Migration revision(String revision, String... parents) {
        return new Migration(
                MigrationKind.VERSIONED,
                revision,
                "revision " + revision,
                revision + ".py",
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.of(List.of(parents)),
                Optional.empty(),
                Optional.empty());
    }

    static Plan plan(Migration... revisions) {
        return new Plan(Framework.ALEMBIC, Optional.empty(), List.of(revisions));
    }

    /**
     * Up to twelve revisions in an order in which they can be applied; no parent implies another.
     */
    static Plan random(SplittableRandom random) {
        List<Migration> revisions = new ArrayList<>();
        int count = random.nextInt(2, 13);
        for (int i = 0; i < count; i++) {
            revisions.add(revision("r" + i, parents(random, revisions)));
        }
        return plan(revisions.toArray(Migration[]::new));
    }

    private static String[] parents(SplittableRandom random, List<Migration> before) {
        Ancestry ancestry = Ancestry.of(before);
        List<String> chosen = new ArrayList<>();
        int wanted = Math.min(before.size(), random.nextInt(4));
        for (int i = 0; i < wanted; i++) {
            String candidate = before.get(random.nextInt(before.size())).key();
            Set<String> line = ancestry.withDescendants(candidate);
            line.addAll(ancestry.withAncestors(List.of(candidate)));
            if (chosen.stream().noneMatch(line::contains)) {
                chosen.add(candidate);
            }
        }
        return chosen.toArray(String[]::new);
    }

    static VersionChange change(VersionChange.Kind kind, Migration migration) {
        return new VersionChange(kind, migration, Optional.empty(), Optional.empty());
    }
}

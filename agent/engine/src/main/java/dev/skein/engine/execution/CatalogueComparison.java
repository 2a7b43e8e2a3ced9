package dev.skein.engine.execution;

import dev.skein.protocol.plan.ObjectChange;
import dev.skein.protocol.text.ShortList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the catalogue shows of a step, compared with what the step did where it was rehearsed.
 *
 * @param verdict how all of its objects are
 * @param objects each of them with how it is, in words
 */
record CatalogueComparison(Verdict verdict, List<String> objects) {
    /** In what state the objects of a step are. */
    enum Verdict {
        /** All as the step finds them. */
        BEFORE,
        /** All as the step leaves them. */
        AFTER,
        /** Some are this and some that, or there is one as the rehearsal never saw it. */
        NEITHER
    }

    private static final int SHOWN_MAX = 10;

    /** Follows from the columns, which are compared one by one: others may stand beside them. */
    private static final String COLUMN_ORDER = "column-order ";

    private static final String AS_BEFORE = " as before";
    private static final String AS_AFTER = " as after";

    /**
     * Compares the two.
     *
     * @param changes what the step did, at least one
     * @param digests of those of the objects that are there
     */
    static CatalogueComparison of(List<ObjectChange> changes, Map<String, String> digests) {
        List<ObjectChange> telling =
                changes.stream().filter(c -> !c.object().startsWith(COLUMN_ORDER)).toList();
        List<String> objects = new ArrayList<>();
        int before = 0;
        int after = 0;
        for (ObjectChange change : telling.isEmpty() ? changes : telling) {
            String found = digests.get(change.object());
            boolean asBefore = Optional.ofNullable(found).equals(change.before());
            boolean asAfter = Optional.ofNullable(found).equals(change.after());
            before += asBefore ? 1 : 0;
            after += asAfter ? 1 : 0;
            objects.add(change.object() + (asBefore ? AS_BEFORE : asAfter ? AS_AFTER : " neither"));
        }
        return new CatalogueComparison(verdict(before, after, objects.size()), objects);
    }

    private static Verdict verdict(int before, int after, int all) {
        if (before == all) {
            return Verdict.BEFORE;
        }
        return after == all ? Verdict.AFTER : Verdict.NEITHER;
    }

    /** The objects with how they are, the first ten of them by name. */
    String words() {
        return ShortList.of(objects, SHOWN_MAX);
    }
}

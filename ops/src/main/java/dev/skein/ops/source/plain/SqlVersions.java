package dev.skein.ops.source.plain;

import dev.skein.ops.source.PlanProblemCode;
import dev.skein.ops.source.PlanProblems;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The versions of a directory of plain SQL, each with its way up and perhaps its way down. */
final class SqlVersions {
    private final PlanProblems problems;
    private final Map<BigInteger, SqlFileName> ups = new TreeMap<>();
    private final Map<BigInteger, SqlFileName> downs = new TreeMap<>();

    SqlVersions(PlanProblems problems) {
        this.problems = problems;
    }

    void add(SqlFileName name) {
        SqlFileName other = (name.up() ? ups : downs).putIfAbsent(name.number(), name);
        if (other != null) {
            problems.add(
                    name.file(),
                    PlanProblemCode.DUPLICATE_VERSION,
                    "version %s is already that of %s".formatted(name.version(), other.file()),
                    "Give one of them the next free version");
        }
    }

    /** The files up in the order of their versions, once all names were added. */
    List<SqlFileName> up() {
        refuseLonelyDowns();
        List<SqlFileName> inOrder = new ArrayList<>(ups.values());
        for (int i = 1; i < inOrder.size(); i++) {
            refuseGap(inOrder.get(i - 1), inOrder.get(i));
        }
        return inOrder;
    }

    Optional<SqlFileName> down(SqlFileName up) {
        return Optional.ofNullable(downs.get(up.number()));
    }

    private void refuseLonelyDowns() {
        for (SqlFileName down : downs.values()) {
            SqlFileName up = ups.get(down.number());
            if (up == null) {
                problems.add(
                        down.file(),
                        PlanProblemCode.DOWN_WITHOUT_UP,
                        "there is no script up of version " + down.version(),
                        "Add %s_%s.up.sql, or delete this file"
                                .formatted(down.version(), down.name()));
            } else if (!up.name().equals(down.name())) {
                problems.add(
                        down.file(),
                        PlanProblemCode.DOWN_NAME,
                        "the script up of version %s has another name, %s"
                                .formatted(down.version(), up.file()),
                        "Give both the same name, or this one its own version");
            }
        }
    }

    private void refuseGap(SqlFileName before, SqlFileName after) {
        BigInteger expected = before.number().add(BigInteger.ONE);
        if (!after.number().equals(expected) && !after.isTimestamp()) {
            problems.add(
                    after.file(),
                    PlanProblemCode.GAP,
                    "version %s follows version %s, and %s is missing"
                            .formatted(after.version(), before.version(), expected),
                    "Add the missing script or close the gap; only timestamps, which have ten"
                            + " digits or more, may leave one");
        }
    }
}

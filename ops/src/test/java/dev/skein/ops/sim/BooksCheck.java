package dev.skein.ops.sim;

import dev.skein.engine.execution.LedgerEntry;
import dev.skein.engine.execution.LedgerKind;
import dev.skein.protocol.event.DatabaseApplied;
import dev.skein.protocol.event.Direction;
import dev.skein.protocol.event.StepRef;
import dev.skein.protocol.plan.Migration;
import dev.skein.protocol.plan.Step;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Recorded if and only if it happened: reads a ledger without the agent's own code and compares it
 * with the schema and the version table.
 */
final class BooksCheck {
    private final SimDatabase database;
    private final Map<String, Word> words = new TreeMap<>();

    /** What the ledger says of one step up. */
    private enum Word {
        ABSENT,
        PRESENT,
        /** Begun outside a transaction: it may be there. */
        OPEN,
        /** Being taken back outside a transaction: it may be gone. */
        CLOSING
    }

    private BooksCheck(SimDatabase database) {
        this.database = database;
    }

    static void check(SimDatabase database) {
        BooksCheck check = new BooksCheck(database);
        check.adopted();
        database.ledger().entries().forEach(check::fold);
        database.plan().migrations().forEach(check::compare);
        check.compareVersions();
    }

    /** Keys of the migrations of which the ledger says that every step is there. */
    static List<String> whole(SimDatabase database) {
        BooksCheck check = new BooksCheck(database);
        check.adopted();
        database.ledger().entries().forEach(check::fold);
        return database.plan().migrations().stream()
                .filter(check::isWhole)
                .map(Migration::key)
                .toList();
    }

    private void adopted() {
        for (Migration migration : database.plan().migrations().subList(0, database.adopted())) {
            migration.up().forEach(step -> words.put(objectOf(step), Word.PRESENT));
        }
    }

    private static String objectOf(Step step) {
        return Schema.object(SimSql.of(step));
    }

    private void fold(LedgerEntry row) {
        if (row.envelope().event() instanceof DatabaseApplied applied) {
            Violation.unless(
                    !words.containsValue(Word.OPEN),
                    database.id() + " is applied with an open step: " + words);
        }
        row.step()
                .filter(step -> step.direction() != Direction.CHECK)
                .ifPresent(step -> fold(row, step));
    }

    private void fold(LedgerEntry row, StepRef step) {
        Migration migration = database.plan().migration(step.migration()).orElseThrow();
        List<Step> up = migration.up();
        boolean back = step.direction() == Direction.DOWN;
        boolean wholly = back && SimSql.clears(migration);
        if (wholly) {
            Word left = row.completes() ? Word.ABSENT : Word.CLOSING;
            if (row.kind() == LedgerKind.DONE) {
                up.forEach(each -> words.put(objectOf(each), left));
            }
            return;
        }
        int index = back ? up.size() - 1 - step.index() : step.index();
        String object = objectOf(up.get(index));
        Word before = words.getOrDefault(object, Word.ABSENT);
        words.put(object, back ? down(row, before) : up(row, before));
    }

    private static Word up(LedgerEntry row, Word before) {
        return switch (row.kind()) {
            case STARTED -> Word.OPEN;
            case DONE -> Word.PRESENT;
            case RETRIED, ENDED -> before == Word.OPEN ? Word.ABSENT : before;
            case ACCEPTED -> before;
        };
    }

    private static Word down(LedgerEntry row, Word before) {
        return switch (row.kind()) {
            case STARTED -> before == Word.PRESENT ? Word.CLOSING : before;
            case DONE -> Word.ABSENT;
            case RETRIED, ENDED -> before == Word.CLOSING ? Word.PRESENT : before;
            case ACCEPTED -> before;
        };
    }

    private void compare(Migration migration) {
        for (Step step : migration.up()) {
            String object = objectOf(step);
            Word word = words.getOrDefault(object, Word.ABSENT);
            if (Schema.word(SimSql.of(step)).equals("touch")) {
                continue;
            }
            boolean half = database.schema().hasHalf(object);
            boolean there =
                    half || database.schema().has(object) || database.schema().hasIndex(object);
            boolean agrees =
                    switch (word) {
                        case PRESENT -> database.schema().has(object) && !half;
                        case ABSENT -> !there;
                        case OPEN, CLOSING -> true;
                    };
            Violation.unless(
                    agrees,
                    database.id()
                            + ": the ledger says "
                            + word
                            + " of step "
                            + object
                            + ", the schema holds "
                            + database.schema());
        }
    }

    private void compareVersions() {
        if (!database.keepsVersions()) {
            return;
        }
        for (Migration migration : database.plan().migrations()) {
            boolean whole = isWhole(migration);
            boolean listed = database.versions().keys().contains(migration.key());
            boolean closing =
                    migration.up().stream()
                            .anyMatch(step -> words.get(objectOf(step)) == Word.CLOSING);
            Violation.unless(
                    whole == listed || closing,
                    database.id()
                            + ": the version table says "
                            + database.versions()
                            + ", the ledger "
                            + words);
        }
    }

    private boolean isWhole(Migration migration) {
        return migration.up().stream().allMatch(step -> words.get(objectOf(step)) == Word.PRESENT);
    }
}

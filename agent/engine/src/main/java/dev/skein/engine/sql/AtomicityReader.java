package dev.skein.engine.sql;

import dev.skein.protocol.plan.Atomicity;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Decides what can stay of a text that is sent as one simple query and does not come to its end
 * (PostgreSQL, section 55.2.2.1):
 *
 * <ol>
 *   <li>One statement is a transaction, unless it can end transactions inside or is made of several
 *       itself.
 *   <li>Several statements are one transaction up to the first {@code commit}, whether a {@code
 *       begin} stands among them or not. A {@code call} among them cannot commit.
 *   <li>So the text is atomic if nothing that can fail comes after that {@code commit}, or there is
 *       none.
 *   <li>Otherwise the catalogue tells how far it came, if it only defines objects.
 * </ol>
 *
 * In doubt the answer is {@link Atomicity#NOT_ATOMIC}, which at worst costs a needless look by a
 * person.
 */
final class AtomicityReader {
    private static final Set<StatementKind> CONTROL =
            Set.of(
                    StatementKind.BEGIN,
                    StatementKind.COMMIT,
                    StatementKind.ROLLBACK,
                    StatementKind.SAVEPOINT,
                    StatementKind.SET_TRANSACTION);

    private final Set<String> settings = new HashSet<>();
    private boolean open;
    private boolean committed;

    private AtomicityReader() {}

    static Atomicity read(List<SplitStatement> statements) {
        boolean atomic =
                statements.size() == 1
                        ? isAtomicAlone(statements.get(0))
                        : new AtomicityReader().isOneTransaction(statements);
        if (atomic) {
            return Atomicity.ATOMIC;
        }
        return statements.stream().allMatch(AtomicityReader::leavesOnlySchema)
                ? Atomicity.SCHEMA_ONLY
                : Atomicity.NOT_ATOMIC;
    }

    private static boolean isAtomicAlone(SplitStatement statement) {
        return switch (statement.kind()) {
            case BEGIN, ROLLBACK, TWO_PHASE -> false;
            // Their concurrent forms commit half way and leave an invalid index or a pending
            // detach.
            case CREATE_INDEX,
                    DROP_INDEX,
                    REINDEX_INDEX,
                    REINDEX_TABLE,
                    REINDEX_MANY,
                    DETACH_PARTITION,
                    VACUUM,
                    CLUSTER ->
                    statement.statement().transactionality() == Transactionality.TRANSACTIONAL;
            case DATABASE,
                    TABLESPACE,
                    SYSTEM,
                    SUBSCRIPTION,
                    DISCARD,
                    COMMIT,
                    SAVEPOINT,
                    SET_TRANSACTION,
                    SETTING,
                    OTHER ->
                    isReadable(statement) && !statement.has(StatementTrait.MAY_END_TRANSACTIONS);
        };
    }

    private boolean isOneTransaction(List<SplitStatement> statements) {
        return statements.stream().allMatch(this::goesOn) && !open;
    }

    /** Whether all is one transaction still, with this statement. */
    private boolean goesOn(SplitStatement statement) {
        switch (statement.kind()) {
            case BEGIN -> open = true;
            case COMMIT -> {
                committed = true;
                open = false;
                return !statement.has(StatementTrait.CHAINS);
            }
            // What was rolled back has not happened, and what follows it may.
            case ROLLBACK, TWO_PHASE -> {
                return false;
            }
            default -> {
                boolean canFail = !isSureToSucceed(statement.words());
                note(statement.words());
                return isReadable(statement) && !(committed && canFail);
            }
        }
        return true;
    }

    /** A placeholder or something unknown stands where a keyword is expected. */
    private static boolean isReadable(SplitStatement statement) {
        int first = statement.words().text(0).codePointAt(0);
        return Character.isLetter(first) || first == '(';
    }

    private void note(TokenCursor words) {
        if (words.is(0, "set")) {
            settings.add(SettingStatements.name(words));
        }
    }

    /** To reset what was set cannot fail. */
    private boolean isSureToSucceed(TokenCursor words) {
        return words.is(0, "reset")
                && (words.is(1, "all") || settings.contains(SettingStatements.name(words)));
    }

    private static boolean leavesOnlySchema(SplitStatement statement) {
        return statement.has(StatementTrait.DEFINES)
                || statement.has(StatementTrait.SETS)
                || CONTROL.contains(statement.kind());
    }
}

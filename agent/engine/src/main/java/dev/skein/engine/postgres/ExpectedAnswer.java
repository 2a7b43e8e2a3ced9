package dev.skein.engine.postgres;

/**
 * The answer to one query under way, as the connection's {@link AnswerFilter} sees it pass. Written
 * on the connection's thread.
 */
final class ExpectedAnswer {
    private static final int ROWS_MAX = 2;

    private final Wanted wanted;
    private volatile int succeeded;
    private int rows;
    private boolean ended;

    ExpectedAnswer(Wanted wanted) {
        this.wanted = wanted;
    }

    /** How many statements of the query have succeeded. */
    int succeeded() {
        return succeeded;
    }

    /** What becomes of the next message of the answer. */
    Fate of(byte type, int length) {
        return switch (type) {
            case AnswerFilter.ERROR -> Fate.CUT;
            case AnswerFilter.NOTICE -> wanted == Wanted.ALL ? Fate.CUT : Fate.DROPPED;
            // Nobody listens, whatever the script does.
            case AnswerFilter.NOTIFICATION -> Fate.DROPPED;
            case AnswerFilter.ROW -> ofRow(length);
            case AnswerFilter.ROW_DESCRIPTION, AnswerFilter.COPY_DATA ->
                    wanted == Wanted.END ? Fate.DROPPED : Fate.PASSED;
            case AnswerFilter.COMPLETE -> ofEnd();
            default -> Fate.PASSED;
        };
    }

    private Fate ofRow(int length) {
        return switch (wanted) {
            case ALL -> Fate.PASSED;
            case ONE_ROW ->
                    ++rows <= ROWS_MAX && length <= AnswerFilter.ROW_LENGTH_MAX
                            ? Fate.PASSED
                            : Fate.DROPPED;
            case END -> Fate.DROPPED;
        };
    }

    /** The client keeps a result for each statement; of a script one is as good as all. */
    private Fate ofEnd() {
        succeeded = succeeded + 1;
        boolean first = !ended;
        ended = true;
        return wanted != Wanted.END || first ? Fate.PASSED : Fate.DROPPED;
    }

    /** What becomes of a message. */
    enum Fate {
        PASSED,
        DROPPED,

        /** It passes, each of its texts cut to a moderate length. */
        CUT
    }
}

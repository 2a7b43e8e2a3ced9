package dev.skein.ops.source;

import dev.skein.protocol.plan.ScriptExcerpt;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts the statements that a migration sends, where its file is a program and no text of SQL.
 *
 * <p>Threads: one. Life cycle: one direction of one migration.
 */
public final class RecordedExcerpts {
    private int sent;

    /**
     * The excerpts of the next step.
     *
     * @param session statements before its own, which other steps or the project's settings sent
     */
    public List<ScriptExcerpt> next(int session, int statements) {
        List<ScriptExcerpt> excerpts = new ArrayList<>();
        if (session > 0) {
            excerpts.add(ScriptExcerpt.nowhere(session));
        }
        if (statements > 0) {
            excerpts.add(ScriptExcerpt.recorded(statements, sent + 1));
        }
        sent += statements;
        return excerpts;
    }
}

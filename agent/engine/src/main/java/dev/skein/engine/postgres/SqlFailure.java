package dev.skein.engine.postgres;

import dev.skein.engine.execution.Reply;
import dev.skein.protocol.event.Blocker;
import dev.skein.protocol.event.StepFailure;
import java.util.List;
import java.util.Optional;

/**
 * What a failure of a database means.
 *
 * @param code stable and short, such as {@code lock-timeout}
 * @param sqlState PostgreSQL's code where it gave one
 * @param message in PostgreSQL's words, without row data that it keeps apart from them
 * @param passing whether the same attempt may succeed later by itself
 * @param nature what is known of the attempt's effect
 */
public record SqlFailure(
        String code,
        Optional<String> sqlState,
        String message,
        boolean passing,
        Reply.Failed.Nature nature) {

    /** What was refused before. */
    static SqlFailure of(Reply.Failed reply) {
        StepFailure failure = reply.failure();
        return new SqlFailure(
                failure.code(),
                failure.sqlState(),
                failure.message(),
                failure.passing(),
                reply.nature());
    }

    /** The same under another code, with other words. */
    SqlFailure as(String newCode, String newMessage) {
        return new SqlFailure(newCode, sqlState, newMessage, false, nature);
    }

    /** The same in other words. */
    SqlFailure saying(String newMessage) {
        return new SqlFailure(code, sqlState, newMessage, passing, nature);
    }

    /** The same, but worth another attempt. */
    SqlFailure passingAs(String newCode) {
        return new SqlFailure(newCode, sqlState, message, true, nature);
    }

    /** The execution's reply, naming who was in the way. */
    Reply.Failed reply(List<Blocker> blockers) {
        return new Reply.Failed(
                new StepFailure(code, sqlState, message, passing, blockers), nature);
    }
}

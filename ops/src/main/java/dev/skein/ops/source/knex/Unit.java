package dev.skein.ops.source.knex;

import dev.skein.engine.sql.SqlStatement;
import java.util.List;

/** What of a run belongs into one step. */
sealed interface Unit {
    /** Statements that took effect together. */
    record Together(List<String> session, List<String> statements) implements Unit {
        public Together {
            session = List.copyOf(session);
            statements = List.copyOf(statements);
        }
    }

    /** A statement that refuses a transaction. */
    record Alone(List<String> session, SqlStatement statement) implements Unit {
        public Alone {
            session = List.copyOf(session);
        }
    }
}

package dev.skein.ops.source.knex;

import dev.skein.engine.sql.SqlStatement;
import java.util.List;

/** The statements of a run that become one step. */
sealed interface StepUnit {
    /** Statements that took effect together. */
    record Together(List<String> session, List<String> statements) implements StepUnit {
        public Together {
            session = List.copyOf(session);
            statements = List.copyOf(statements);
        }
    }

    /** A statement that needs a query to itself. */
    record Alone(List<String> session, SqlStatement statement) implements StepUnit {
        public Alone {
            session = List.copyOf(session);
        }
    }
}

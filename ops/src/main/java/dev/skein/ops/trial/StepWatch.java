package dev.skein.ops.trial;

import java.sql.Connection;
import java.sql.SQLException;

/** Looks at a step while it runs. */
public interface StepWatch {
    /** Before anything of the step is sent, on the connection that will run it. */
    void before(Connection connection) throws SQLException;

    /** With all of a script done and its transaction still open. */
    void beforeCommit(Connection connection) throws SQLException;

    /** The step is over. */
    void after();

    /** Looks away. */
    static StepWatch none() {
        return new StepWatch() {
            @Override
            public void before(Connection connection) {
                // Nothing to see.
            }

            @Override
            public void beforeCommit(Connection connection) {
                // Nothing to see.
            }

            @Override
            public void after() {
                // Nothing to see.
            }
        };
    }
}

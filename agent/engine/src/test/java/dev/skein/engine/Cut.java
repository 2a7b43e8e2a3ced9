package dev.skein.engine;

/**
 * Where an execution is interrupted.
 *
 * @param point the number of the command at which it is cut, from 1, over all connections
 */
record Cut(Kind kind, int point) {
    /** What is cut off: the command, or the answer to it. */
    enum Kind {
        /** The command does not reach the server, and the process ends. */
        DIES_BEFORE_SENDING(true, false),
        /** The server executes the command; its answer arrives at a process that has ended. */
        DIES_BEFORE_ANSWER(false, false),
        /** The server executes the command; the answer is lost with the connection alone. */
        LOSES_ANSWER(false, true);

        private final boolean ahead;
        private final boolean goesOn;

        Kind(boolean ahead, boolean goesOn) {
            this.ahead = ahead;
            this.goesOn = goesOn;
        }

        /** Whether the server never sees the command. */
        boolean isAhead() {
            return ahead;
        }

        /** Whether the same process connects again. */
        boolean goesOn() {
            return goesOn;
        }
    }

    boolean isAt(int command) {
        return command == point;
    }

    @Override
    public String toString() {
        return kind + " " + point;
    }
}

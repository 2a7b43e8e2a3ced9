package dev.skein.orchestrator.rollout;

/** The answer to a command: entries for the log with a reply, or a refusal. */
public sealed interface Decision permits Accepted, Rejection {
    /** Answers with the visitor's overload for this kind of decision. */
    <R> R accept(Visitor<R> visitor);

    /** One overload a kind: a missing case does not compile. */
    interface Visitor<R> {
        /** To be appended. */
        R on(Accepted decision);

        /** Refused. */
        R on(Rejection decision);
    }
}

package dev.skein.protocol.plan;

import java.util.List;

/** The smallest unit that an agent runs and reports. */
public sealed interface Step permits ScriptStep, UnboundStep, CheckStep {
    /** Answers with the visitor's overload for this kind of step. */
    <R> R accept(Visitor<R> visitor);

    /** What the step is about: its script, its statement, its query, or what its runner runs. */
    String text();

    /** Where its statements stand in the files they were read from; empty where nothing says so. */
    List<ScriptExcerpt> excerpts();

    /** The same step, whose statements stand there. */
    Step at(List<ScriptExcerpt> places);

    /** One overload a kind: a missing case does not compile. */
    interface Visitor<R> {
        /** A script in one transaction with its records. */
        R on(ScriptStep step);

        /** A statement that must run outside a transaction. */
        R on(StatementStep step);

        /** A migration that its framework runs. */
        R on(DelegatedStep step);

        /** A query and the answer it must give. */
        R on(CheckStep step);
    }
}

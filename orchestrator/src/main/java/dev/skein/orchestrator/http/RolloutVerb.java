package dev.skein.orchestrator.http;

import dev.skein.orchestrator.rollout.Command;
import dev.skein.protocol.Labelled;
import dev.skein.protocol.event.Repair;
import java.util.function.Function;

/**
 * What a person may ask of a rollout that exists. This list is the only one: the routes, the API's
 * document and the command line are made from it.
 */
public enum RolloutVerb implements Labelled {
    /** Lets the next wave start. */
    APPROVE(
            "approve",
            "Let the next wave start.",
            "Approval",
            asked ->
                    new Command.Approve(
                            asked.rollout(),
                            asked.name("wave"),
                            asked.name("digest"),
                            asked.by(),
                            asked.at())),
    /** Takes an approval back. */
    REVOKE(
            "revoke",
            "Take back an approval whose wave has not started.",
            asked -> new Command.Revoke(asked.rollout(), asked.reason(), asked.by(), asked.at())),
    /** Holds the rollout. */
    PAUSE(
            "pause",
            "Start no further step until it is resumed.",
            asked -> new Command.Pause(asked.rollout(), asked.reason(), asked.by(), asked.at())),
    /** Ends a pause. */
    RESUME(
            "resume",
            "Continue after a pause.",
            asked -> new Command.Resume(asked.rollout(), asked.by(), asked.at())),
    /** Ends a soak early. */
    PROMOTE(
            "promote",
            "Skip the rest of the soak.",
            asked -> new Command.Promote(asked.rollout(), asked.by(), asked.at())),
    /** Orders databases again. */
    RETRY(
            "retry",
            "Order the failed databases once more, all of them or those named.",
            "Retry",
            asked -> new Command.Retry(asked.rollout(), asked.databases(), asked.by(), asked.at())),
    /** Orders databases again, with a repair before the first step. */
    REPAIR(
            "repair",
            "Repair something in failed databases, then order them once more.",
            "Repair",
            asked ->
                    new Command.Repairing(
                            asked.rollout(),
                            asked.namedDatabases("to repair"),
                            asked.body().choice("repair", Repair.BOOKS),
                            asked.by(),
                            asked.at())),
    /** Leaves databases out. */
    SKIP(
            "skip",
            "Leave databases out from now on.",
            "Skip",
            asked ->
                    new Command.Skip(
                            asked.rollout(),
                            asked.namedDatabases("to leave out"),
                            asked.reason(),
                            asked.by(),
                            asked.at())),
    /** Ends the rollout without finishing it. */
    ABORT(
            "abort",
            "Stop for good; what is done stays.",
            asked -> new Command.Abort(asked.rollout(), asked.reason(), asked.by(), asked.at())),
    /** Rolls databases back. */
    ROLLBACK(
            "rollback",
            "Roll databases back to where the rollout found them.",
            "Rollback",
            VerbRequest::rollback);

    /** The request body of a verb that takes nothing but who asks and why. */
    private static final String PLAIN = "Said";

    private final String label;
    private final String summary;
    private final String body;
    private final Function<VerbRequest, Command> reader;

    /** A verb that takes nothing but who asks and why. */
    RolloutVerb(String label, String summary, Function<VerbRequest, Command> reader) {
        this(label, summary, PLAIN, reader);
    }

    /**
     * @param body the name of its request body in the API's document
     */
    RolloutVerb(String label, String summary, String body, Function<VerbRequest, Command> reader) {
        this.label = label;
        this.summary = summary;
        this.body = body;
        this.reader = reader;
    }

    @Override
    public String label() {
        return label;
    }

    /** What it does, in one sentence for a person. */
    public String summary() {
        return summary;
    }

    /** The name of its request body in the API's document. */
    String body() {
        return body;
    }

    /** The name of its answer in the API's document. */
    String answer() {
        return this == ROLLBACK ? "RolloutOrDryRun" : "Rollout";
    }

    Command read(VerbRequest asked) {
        return reader.apply(asked);
    }
}

package dev.skein.orchestrator.runtime;

import dev.skein.orchestrator.fleet.Leader;
import dev.skein.orchestrator.rollout.Rejection;
import dev.skein.orchestrator.rollout.RejectionCode;
import dev.skein.protocol.log.LogFenced;
import dev.skein.protocol.log.LogRefused;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes the answers of an orchestrator that did not do what it was asked. */
final class NegativeAnswers {
    private final String ownName;
    private final Supplier<Optional<Leader>> leader;

    NegativeAnswers(String ownName, Supplier<Optional<Leader>> leader) {
        this.ownName = ownName;
        this.leader = leader;
    }

    /** It does not lead. While it stands for election again, no other leader can be named. */
    <T> Answer<T> notLeading() {
        return new Answer.NotLeading<>(otherLeader().map(Leader::url));
    }

    /** The leader that is not this one. */
    Optional<Leader> otherLeader() {
        return leader.get().filter(each -> !each.orchestrator().equals(ownName));
    }

    /** The append failed. */
    <T> Answer<T> appendFailed(String attempted, Throwable cause) {
        if (cause instanceof LogFenced) {
            return new Answer.NotLeading<>(Optional.empty());
        }
        if (cause instanceof LogRefused) {
            return new Answer.Rejected<>(
                    new Rejection(
                            RejectionCode.TOO_LARGE,
                            attempted + " was refused by the log: " + cause.getMessage()));
        }
        return new Answer.Unavailable<>(
                attempted
                        + " was sent to the log, which did not confirm it ("
                        + cause.getMessage()
                        + "); it may have happened: look before asking again");
    }

    /** Too much waits already. */
    <T> Answer<T> tooMuch(String attempted, int waiting, String what) {
        return new Answer.Unavailable<>(
                "%s was not attempted: %d %s wait already; ask again in a moment"
                        .formatted(attempted, waiting, what));
    }
}

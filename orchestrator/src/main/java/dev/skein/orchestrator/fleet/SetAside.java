package dev.skein.orchestrator.fleet;

import dev.skein.protocol.log.Position;
import java.time.Instant;

/**
 * What could not be taken of what an agent wrote: the fold went on without it.
 *
 * @param position of the first such record
 * @param reason what is wrong with it, for a person
 * @param records how many there are since
 * @param epoch of the latest order that one of them, or the last report before, was about; 0 for
 *     none
 * @param at when the broker wrote the last of them
 */
public record SetAside(Position position, String reason, int records, long epoch, Instant at) {
    static SetAside first(Position position, String reason, long epoch, Instant at) {
        return new SetAside(position, reason, 1, epoch, at);
    }

    /** With one more; the first is what a person has to look at. */
    SetAside and(SetAside next) {
        return new SetAside(position, reason, records + 1, Math.max(epoch, next.epoch), next.at);
    }

    /** Where to look, and why, in one sentence. */
    public String text() {
        String more = records == 1 ? "" : " (and " + (records - 1) + " more)";
        return "record " + position.path() + more + " of its agent could not be taken: " + reason;
    }
}

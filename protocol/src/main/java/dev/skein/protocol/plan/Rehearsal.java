package dev.skein.protocol.plan;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a plan did when it was tried out: up, down, and up again.
 *
 * @param at when
 * @param server the version of the server on which it was tried, as {@code server_version} has it
 * @param template the database whose copy it was tried on; absent for an empty one
 * @param steps every step that was run, in the order of the first run of each
 */
public record Rehearsal(
        Instant at, String server, Optional<String> template, List<RehearsedStep> steps) {
    /** Copies the list. */
    public Rehearsal {
        steps = List.copyOf(steps);
    }

    /** What is known of that step: of a migration's key, up or down, from 0. */
    public Optional<RehearsedStep> step(String migration, boolean up, int index) {
        return steps.stream()
                .filter(each -> each.up() == up && each.index() == index)
                .filter(each -> each.migration().equals(migration))
                .findFirst();
    }
}

package dev.skein.protocol.plan;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
    private static final Pattern MAJOR = Pattern.compile("^\\d{1,4}");

    /** Copies the list. */
    public Rehearsal {
        steps = List.copyOf(steps);
    }

    /** The major version of the server on which it was tried; absent where it names none. */
    public Optional<Integer> major() {
        return major(server);
    }

    /** The major version of a {@code server_version} such as {@code 15.20 (Debian 15.20-0)}. */
    public static Optional<Integer> major(String version) {
        Matcher matcher = MAJOR.matcher(version);
        return matcher.find() ? Optional.of(Integer.valueOf(matcher.group())) : Optional.empty();
    }

    /** What is known of that step: of a migration's key, up or down, from 0. */
    public Optional<RehearsedStep> step(String migration, boolean up, int index) {
        return steps.stream()
                .filter(each -> each.up() == up && each.index() == index)
                .filter(each -> each.migration().equals(migration))
                .findFirst();
    }
}

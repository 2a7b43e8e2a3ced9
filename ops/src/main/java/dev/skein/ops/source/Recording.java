package dev.skein.ops.source;

import dev.skein.ops.scratch.ScratchAddress;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How migrations that are programs are run, to record what they execute.
 *
 * @param program the interpreter, such as {@code .venv/bin/python}; found by itself where absent
 * @param environment the section of the framework's configuration to use, where it has several
 * @param accepted migrations that a person takes as recorded, though their SQL is not the same
 *     twice
 * @param scratch the server on which they are run; an embedded one where absent
 * @param delegation migrations that the framework is to run in each database
 */
public record Recording(
        Optional<String> program,
        Optional<String> environment,
        Set<String> accepted,
        Optional<ScratchAddress> scratch,
        Delegation delegation) {
    /** Copies the set, sorted. */
    public Recording {
        accepted = Collections.unmodifiableSet(new TreeSet<>(accepted));
    }

    /** With nothing delegated. */
    public Recording(
            Optional<String> program,
            Optional<String> environment,
            Set<String> accepted,
            Optional<ScratchAddress> scratch) {
        this(program, environment, accepted, scratch, Delegation.none());
    }

    /** The same with migrations that the framework is to run. */
    public Recording delegating(Delegation which) {
        return new Recording(program, environment, accepted, scratch, which);
    }

    /** The interpreter as it starts from any directory: the caller's path is made absolute. */
    public Optional<String> command() {
        return program.map(
                each -> each.contains("/") ? Path.of(each).toAbsolutePath().toString() : each);
    }

    /** On an embedded server, with nothing accepted. */
    public static Recording defaults() {
        return new Recording(
                Optional.empty(), Optional.empty(), Collections.emptySet(), Optional.empty());
    }
}

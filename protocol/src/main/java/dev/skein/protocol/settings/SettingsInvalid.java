package dev.skein.protocol.settings;

import java.util.List;
import java.util.stream.Collectors;

/** Settings cannot be used; the message lists everything that is wrong with them. */
public final class SettingsInvalid extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /**
     * With at least one problem.
     *
     * @param source what was read, for the message: the path of a file, "request body"
     */
    public SettingsInvalid(String source, List<Problem> problems) {
        super(message(source, problems));
        this.problems = List.copyOf(problems);
    }

    /** What is wrong, in the order in which it was found. */
    public List<Problem> problems() {
        return problems;
    }

    private static String message(String source, List<Problem> problems) {
        if (problems.size() == 1) {
            return source + ": " + problems.get(0);
        }
        return problems.stream()
                .map(problem -> "\n  " + problem)
                .collect(
                        Collectors.joining(
                                "", source + " has " + problems.size() + " problems:", ""));
    }
}

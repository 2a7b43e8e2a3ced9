package dev.skein.protocol.settings;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What one reading of a whole tree shares: the environment, and the problems found so far. */
final class ProblemCollector {
    private static final String PREFIX = "SKEIN_";

    private final Map<String, String> environment;
    private final List<Problem> problems = new ArrayList<>();

    ProblemCollector(Map<String, String> environment) {
        this.environment = new TreeMap<>(environment);
    }

    /** Notes it once, however often the key is asked for. */
    void add(String path, String message) {
        Problem problem = new Problem(path, message);
        if (!problems.contains(problem)) {
            problems.add(problem);
        }
    }

    /** Whether something is wrong with what stands at that path, or within it. */
    boolean isBroken(String path) {
        return problems.stream()
                .map(Problem::path)
                .anyMatch(
                        each ->
                                each.equals(path)
                                        || each.startsWith(path + "[")
                                        || each.startsWith(path + "."));
    }

    int count() {
        return problems.size();
    }

    List<Problem> all() {
        return Collections.unmodifiableList(problems);
    }

    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name));
    }

    Optional<String> override(String path) {
        return variable(variableName(path));
    }

    static String variableName(String path) {
        return PREFIX + path.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_');
    }
}

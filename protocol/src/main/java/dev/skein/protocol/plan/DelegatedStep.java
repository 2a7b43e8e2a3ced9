package dev.skein.protocol.plan;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * One migration in one direction, run by the team's own framework: a recording of its SQL would not
 * be right for every database.
 *
 * <p>It holds names and digests only. The command, the directory and the secrets are those of the
 * runner of that name in the agent's configuration, so that whoever writes a plan chooses nothing
 * of what an agent executes but one migration of its own checkout.
 *
 * @param runner the name of the runner, lower-case letters, digits and dashes, at most 63
 * @param migration what the framework's command calls the migration; neither an option nor a path
 *     out of the project
 * @param before what the command calls the state without it, for a step down; absent where it needs
 *     none
 * @param recordsVersion whether the run itself writes the migration into the version table, or
 *     takes it out; otherwise Skein does once it has succeeded
 * @param atomicity what can stay of a run that does not come to its end
 * @param files SHA-256 of the migration's files and of what they import from the project, by path
 *     relative to its directory, with {@code /}
 * @param reason why it is delegated, in words
 */
public record DelegatedStep(
        String runner,
        String migration,
        Optional<String> before,
        boolean recordsVersion,
        Atomicity atomicity,
        SortedMap<String, String> files,
        String reason)
        implements UnboundStep {
    private static final Pattern RUNNER = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern UNFIT =
            Pattern.compile("^[-/]|(^|/)\\.\\.(/|$)|[\\p{Cc}\\\\]|^\\s|\\s$|^$");
    private static final int NAME_MAX = 400;

    /**
     * @throws IllegalArgumentException if a name is none that an agent would hand to a command
     */
    public DelegatedStep {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        if (!RUNNER.matcher(runner).matches()) {
            throw new IllegalArgumentException(
                    "'" + runner + "' is no name of a runner: lower-case letters, digits, dashes");
        }
        requireFit(migration);
        before.ifPresent(DelegatedStep::requireFit);
        files.keySet().forEach(DelegatedStep::requireFit);
    }

    private static void requireFit(String name) {
        if (name.length() > NAME_MAX || UNFIT.matcher(name).find()) {
            throw new IllegalArgumentException(
                    "'"
                            + name
                            + "' cannot be handed to a runner: an option, a path out of the"
                            + " project, a control character, or longer than "
                            + NAME_MAX);
        }
    }

    @Override
    public Atomicity assumedAtomicity() {
        return atomicity;
    }

    @Override
    public String text() {
        return "runner " + runner + ": " + migration;
    }

    @Override
    public List<ScriptExcerpt> excerpts() {
        return List.of();
    }

    /** It stands in no file of SQL. */
    @Override
    public DelegatedStep at(List<ScriptExcerpt> places) {
        return this;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.on(this);
    }
}

package dev.skein.ops.source;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which migrations the team's framework runs itself in each database, by a runner beside the agent.
 *
 * @param migrations their names; {@link #AUTO} stands for all whose recording could be wrong
 * @param runner its name in the agents' files; that of the project's directory where absent
 */
public record Delegation(Set<String> migrations, Optional<String> runner) {
    /** The word for all that would have to be accepted. */
    public static final String AUTO = "auto";

    private static final int NAME_MAX = 63;

    /** Copies the set, sorted. */
    public Delegation {
        migrations = Collections.unmodifiableSet(new TreeSet<>(migrations));
    }

    /** Everything is recorded. */
    public static Delegation none() {
        return new Delegation(Collections.emptySet(), Optional.empty());
    }

    /** Whether all are delegated whose recording could be wrong. */
    public boolean auto() {
        return migrations.contains(AUTO);
    }

    /** Whether this migration is asked for by name. */
    public boolean names(String migration) {
        return byName().contains(migration);
    }

    /** What is asked for by name. */
    public Set<String> byName() {
        Set<String> named = new TreeSet<>(migrations);
        named.remove(AUTO);
        return Collections.unmodifiableSet(named);
    }

    /**
     * The runner's name; empty where none is given and the directory's name has no letter or digit.
     */
    public Optional<String> runnerOf(Path directory) {
        return runner.or(() -> fit(directory.toAbsolutePath().normalize().getFileName()));
    }

    private static Optional<String> fit(Path name) {
        String text = name == null ? "" : name.toString().toLowerCase(Locale.ROOT);
        String dashes = text.replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        String cut = dashes.substring(0, Math.min(dashes.length(), NAME_MAX)).replaceAll("-$", "");
        return Optional.of(cut).filter(each -> !each.isEmpty());
    }
}

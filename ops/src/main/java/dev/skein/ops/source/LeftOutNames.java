package dev.skein.ops.source;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Migrations that a person wants left out, of a framework that knows them by name. A name that is
 * not there is taken too: that of a migration which is applied and was deleted.
 */
public final class LeftOutNames {
    private final Set<String> names;
    private final Set<String> found = new HashSet<>();

    public LeftOutNames(Set<String> names) {
        this.names = new TreeSet<>(names);
    }

    /** Whether the migration of that name is one of them. */
    public boolean contains(String name) {
        boolean leftOut = names.contains(name);
        if (leftOut) {
            found.add(name);
        }
        return leftOut;
    }

    /**
     * What the plan says of it; absent where nothing is left out. Called once all migrations were
     * asked for.
     *
     * @param notes takes the names that are not there, which may be wrong
     */
    public Optional<List<String>> keys(Consumer<String> notes) {
        names.stream()
                .filter(name -> !found.contains(name))
                .forEach(
                        name ->
                                notes.accept(
                                        "--leave-out "
                                                + name
                                                + ": no migration here has this name; a database in"
                                                + " which it is applied is taken as it is"));
        return names.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(names));
    }
}

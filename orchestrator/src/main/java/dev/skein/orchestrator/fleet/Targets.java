package dev.skein.orchestrator.fleet;

import dev.skein.protocol.id.DatabaseId;
import java.util.AbstractMap;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The databases of one rollout in order; never changes, so that states can share it. */
final class Targets extends AbstractMap<DatabaseId, Target> {
    private final Map<DatabaseId, Target> entries;

    private Targets(Map<DatabaseId, Target> entries) {
        this.entries = java.util.Collections.unmodifiableMap(entries);
    }

    /** The same map if it is frozen already, else a copy in its order. */
    static Targets frozen(Map<DatabaseId, Target> entries) {
        return entries instanceof Targets targets
                ? targets
                : new Targets(new LinkedHashMap<>(entries));
    }

    /** A copy in which the change has been made to these databases. */
    Targets changed(Collection<DatabaseId> databases, UnaryOperator<Target> change) {
        Map<DatabaseId, Target> copy = new LinkedHashMap<>(entries);
        for (DatabaseId database : databases) {
            Target target = copy.get(database);
            if (target == null) {
                throw new Fault("database " + database + " is not part of the rollout");
            }
            copy.put(database, change.apply(target));
        }
        return new Targets(copy);
    }

    @Override
    public Target get(Object database) {
        return entries.get(database);
    }

    @Override
    public boolean containsKey(Object database) {
        return entries.containsKey(database);
    }

    @Override
    public Set<Entry<DatabaseId, Target>> entrySet() {
        return entries.entrySet();
    }
}

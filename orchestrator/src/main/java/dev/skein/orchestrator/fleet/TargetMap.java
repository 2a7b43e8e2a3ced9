package dev.skein.orchestrator.fleet;

import dev.skein.protocol.id.DatabaseId;
import java.util.AbstractMap;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The databases of one rollout in order; never changes, so that states can share it. */
final class TargetMap extends AbstractMap<DatabaseId, RolloutTarget> {
    private final Map<DatabaseId, RolloutTarget> entries;

    private TargetMap(Map<DatabaseId, RolloutTarget> entries) {
        this.entries = java.util.Collections.unmodifiableMap(entries);
    }

    /** The same map if it is frozen already, else a copy in its order. */
    static TargetMap frozen(Map<DatabaseId, RolloutTarget> entries) {
        return entries instanceof TargetMap targets
                ? targets
                : new TargetMap(new LinkedHashMap<>(entries));
    }

    /** A copy in which the change has been made to these databases. */
    TargetMap changed(Collection<DatabaseId> databases, UnaryOperator<RolloutTarget> change) {
        Map<DatabaseId, RolloutTarget> copy = new LinkedHashMap<>(entries);
        for (DatabaseId database : databases) {
            RolloutTarget target = copy.get(database);
            if (target == null) {
                throw new Fault("database " + database + " is not part of the rollout");
            }
            copy.put(database, change.apply(target));
        }
        return new TargetMap(copy);
    }

    @Override
    public RolloutTarget get(Object database) {
        return entries.get(database);
    }

    @Override
    public boolean containsKey(Object database) {
        return entries.containsKey(database);
    }

    @Override
    public Set<Entry<DatabaseId, RolloutTarget>> entrySet() {
        return entries.entrySet();
    }
}

package dev.skein.ops.source;

import dev.skein.protocol.plan.Plan;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/** A reader of one framework's migrations. Safe on any thread; blocks on the file system. */
public interface PlanSource {
    /**
     * Reads a directory into a plan. The same files give the same plan, wherever they are.
     *
     * @throws PlanRefused with every problem found, if an agent could not carry it out exactly
     */
    Plan read(Path directory, SourceSettings settings);

    /** The options that mean something to this framework, beside those that do to all. */
    default Set<SourceOption> options() {
        return EnumSet.noneOf(SourceOption.class);
    }
}

package dev.skein.ops.source;

import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Plan;
import java.nio.file.Path;

/** A framework whose directories cannot be read yet. */
final class UnsupportedSource implements PlanSource {
    private final Framework framework;

    UnsupportedSource(Framework framework) {
        this.framework = framework;
    }

    @Override
    public Plan read(Path directory, SourceSettings settings) {
        Problems problems = new Problems();
        problems.add(
                directory.toString(),
                ProblemCode.NOT_SUPPORTED,
                "directories of " + framework.label() + " are not supported yet",
                "Give sql or flyway as the format");
        throw new PlanRefused(framework, directory, problems.inOrder());
    }
}

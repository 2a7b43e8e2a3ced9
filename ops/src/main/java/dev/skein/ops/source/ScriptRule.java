package dev.skein.ops.source;

import dev.skein.protocol.plan.Step;
import java.util.List;

/** How a format makes steps of a script. Whatever is wrong goes into the problems. */
public interface ScriptRule {
    /** At least one step, so that the script is recorded; of no use if there are problems. */
    List<Step> steps(SourceScript script, PlanProblems problems);
}

package dev.skein.engine;

import dev.skein.protocol.plan.Framework;
import dev.skein.protocol.plan.Step;
import java.util.List;

/**
 * A migration of a dialect, whose first step up and down is of the step type in question.
 *
 * @param name of the step type
 * @param frameworks in whose plans it takes its way through life
 * @param setup run from outside before the first order
 * @param effect selects one value that tells whether the migration is there
 * @param applied that value while the migration is there, once
 * @param absent that value while it is not
 * @param rehearsed whether its plan carries a rehearsal
 */
public record StepSample(
        String name,
        List<Framework> frameworks,
        String setup,
        List<Step> up,
        List<Step> down,
        String effect,
        String applied,
        String absent,
        boolean rehearsed) {
    /** In plans of these frameworks, tried out before. */
    public StepSample inRehearsedPlans() {
        return new StepSample(
                name + ", rehearsed", frameworks, setup, up, down, effect, applied, absent, true);
    }
}

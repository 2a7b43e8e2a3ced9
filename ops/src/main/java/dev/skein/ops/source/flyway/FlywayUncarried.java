package dev.skein.ops.source.flyway;

import dev.skein.ops.source.PlanProblemCode;
import dev.skein.ops.source.PlanProblems;
import dev.skein.ops.source.flyway.FlywayEffects.Treatment;

/** Refuses the settings that change what Flyway would apply and for which a plan has no place. */
final class FlywayUncarried {
    private FlywayUncarried() {}

    static void refuse(FlywayConfig config, String shown, PlanProblems problems) {
        for (FlywayEffects.Setting setting : FlywayEffects.of(Treatment.REFUSED)) {
            String value = FlywayEffects.value(config, setting);
            if (setting.changesSomething(value)) {
                problems.add(
                        shown,
                        PlanProblemCode.CONFIGURATION,
                        "flyway.%s = %s is a setting that a plan cannot carry"
                                .formatted(setting.name(), value),
                        setting.text());
            }
        }
    }
}

package dev.skein.ops.system;

import java.util.List;
import org.junit.jupiter.api.Test;

/** P6 of a framework that has a way back of its own: Skein's and its own agree, too. */
abstract class FrameworkWayBackContract extends FrameworkAgreementContract {
    /** A person takes so many migrations back, which were applied in one go. */
    abstract void takeBack(Tenant tenant, int count);

    @Override
    final Tenant takenBack(Tenant ahead, Tenant behind) {
        takeBack(ahead, all() - first());
        return ahead;
    }

    @Test
    void p6AFullApplyAndAFullWayBackAreItsOwn() {
        Tenant bySkein = announced("skein");
        Tenant twin = twin("twin");
        skein.start();

        Rollout rollout = roll(all());
        apply(twin, all());
        assertSame(bySkein, twin);

        takeBack(rollout);
        takeBack(twin, all());
        assertSame(bySkein, twin);
        for (Tenant each : List.of(bySkein, twin)) {
            apply(each, all());
        }
        assertSame(bySkein, twin);
    }

    @Test
    void p6ItTakesBackWhatSkeinApplied() {
        Tenant bySkein = announced("skein");
        Tenant twin = twin("twin");
        skein.start();
        roll(first());
        apply(twin, first());
        roll(all());
        apply(twin, all());

        for (Tenant each : List.of(bySkein, twin)) {
            takeBack(each, all() - first());
        }

        assertSame(bySkein, twin);
        roll(all());
        apply(twin, all());
        assertSame(bySkein, twin);
    }
}
